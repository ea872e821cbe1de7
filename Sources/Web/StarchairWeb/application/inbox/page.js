import { ask } from "../api.js";
import { button, element, pagedList, time } from "../elements.js";
import { signedIn } from "../page.js";
import { problemContent } from "../part.js";
import { phrase } from "../text.js";
import { inbox } from "./inbox.js";
import { eventPhrase, eventPlace } from "./wording.js";

const pageLength = 30;

/** The reader's notifications, the newest first; new ones come in on top. */
export async function notificationsView() {
    signedIn();
    const rows = [];
    const add = (notification) => {
        const next = row(notification);
        rows.push(next);
        return next.node;
    };
    const list = await pagedList(
        (after) => ask("notification/all", {}, { after, limit: pageLength }), add,
        "noNotifications");
    const fresh = element("ul", { class: "rows fresh" });
    document.addEventListener("notification", function listen({ detail }) {
        if (!fresh.isConnected) {
            return document.removeEventListener("notification", listen);
        }
        fresh.prepend(element("li", {}, add(detail)));
        readAll.hidden = false;
        if (list.matches(".quiet")) list.remove();
    });
    const readAll = button("markAllRead", async ({ currentTarget }) => {
        if (currentTarget.hasAttribute("aria-disabled")) return;
        currentTarget.setAttribute("aria-disabled", "true");
        for (const { read } of rows) await read();
        currentTarget.removeAttribute("aria-disabled");
    }, { hidden: rows.length === 0 });
    return { title: ["notifications"], content: [
        element("p", {}, readAll), fresh, list,
    ] };
}

function row(first) {
    let notification = first;
    const failure = element("div", { role: "alert", class: "failure" });
    const { event, created } = notification;
    const words = element("span", {});
    const toggle = element("button", { type: "button", onclick: () => mark(other()) }, words);
    const node = element("div", { class: "notification" },
        element("a", {
            href: eventPlace(event),
            onclick: read,
        }, eventPhrase(event)),
        event.parameters?.message
            && element("p", { class: "prose quiet" }, event.parameters.message),
        element("p", { class: "byline" }, time(created), toggle), failure);
    update();
    return { node, read };

    /** Marks it as read if it is not. */
    async function read() {
        if (notification.status === "unread") await mark("read");
    }

    function other() {
        return notification.status === "unread" ? "read" : "unread";
    }

    function update() {
        node.classList.toggle("unread", notification.status === "unread");
        words.replaceChildren(phrase(`mark.${other()}`));
    }

    async function mark(status) {
        failure.replaceChildren();
        try {
            notification = await inbox.mark(notification, status);
            update();
        } catch (problem) {
            failure.replaceChildren(...problemContent(problem));
        }
    }
}
