import { ask, change, Intention } from "../api.js";
import { session } from "../page.js";
import { LiveInbox } from "./live.js";

/** Notifications among which the unread ones are counted: one page of the list. */
const countedMaximum = 100;
/** Milliseconds after which the inbox is read again when it could not be. */
const retryPause = 15_000;

/**
 * What a page knows of the reader's inbox, for as long as somebody is signed in.
 *
 * Events on the document: "notification" for each new one, "unreadchange", and "sessionover".
 */
class Inbox {
    #account = null;
    #live = null;
    #timer;
    #unread = new Set();
    #hasMore = false;
    #channel = new BroadcastChannel("starchair.notifications");

    constructor() {
        document.addEventListener("accountchange", () => this.#follow());
        this.#channel.onmessage = ({ data }) => {
            if (data.receiver === this.#account) this.#note(data);
        };
        this.#follow();
    }

    /** How many are unread, as text: of many it is only known that there are more. */
    get unreadCount() {
        const { size } = this.#unread;
        return this.#hasMore && size > 0 ? `${size}+` : size > 0 ? String(size) : "";
    }

    /** Marks a notification as read or unread, in all tabs. */
    async mark(notification, status) {
        const { id } = notification;
        const changed = await change(
            "notification/changeNotificationStatus", { id, status }, new Intention());
        this.#note(changed);
        this.#channel.postMessage(changed);
        return changed;
    }

    #note({ id, status }) {
        if (status === "unread") this.#unread.add(id);
        else this.#unread.delete(id);
        document.dispatchEvent(new Event("unreadchange"));
    }

    #follow() {
        const account = session.account?.id ?? null;
        if (account === this.#account) return;
        this.#account = account;
        this.#live?.stop();
        this.#live = null;
        clearTimeout(this.#timer);
        this.#unread = new Set();
        this.#hasMore = false;
        document.dispatchEvent(new Event("unreadchange"));
        if (account) this.#begin(account);
    }

    async #begin(account) {
        let page;
        try {
            page = await ask("notification/all", {}, { limit: countedMaximum });
        } catch (problem) {
            if (!problem.code) throw problem;
            if (account !== this.#account || problem.status === 401) return;
            this.#timer = setTimeout(() => this.#begin(account), retryPause);
            return;
        }
        if (account !== this.#account) return;
        for (const { id, status } of page.items) if (status === "unread") this.#unread.add(id);
        this.#hasMore = page.next !== undefined && page.next !== null;
        document.dispatchEvent(new Event("unreadchange"));
        this.#live = new LiveInbox(page.items.at(0)?.sequence ?? 0, {
            tell: (notification) => {
                // Somebody else signed in in another tab.
                if (notification.receiver !== account) return session.refresh();
                this.#note(notification);
                document.dispatchEvent(
                    new CustomEvent("notification", { detail: notification }));
            },
            tellOver: () => {
                // Who signs in again begins anew, though it be the same person.
                this.#account = null;
                document.dispatchEvent(new Event("sessionover"));
            },
        });
    }
}

/** The inbox of whoever is signed in. */
export const inbox = new Inbox();
