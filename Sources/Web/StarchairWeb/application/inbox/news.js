import { button, element } from "../elements.js";
import { eventPhrase, eventPlace } from "./wording.js";
import { inbox } from "./inbox.js";

/** Milliseconds for which a notification stays in view; it stays in the list. */
const stay = 15_000;
/** Notifications in view at once. */
const countMaximum = 3;

/** Shows and announces notifications as they come; `place` is on the page from the start. */
export function showNews(place) {
    document.addEventListener("notification", ({ detail }) => {
        if (isSeen(detail)) return read(detail);
        place.append(card(detail));
        while (place.children.length > countMaximum) place.firstChild.remove();
    });
    document.addEventListener("accountchange", () => place.replaceChildren());
}

/** Whether the page in view says the same already. */
function isSeen({ event }) {
    return event.kind === "conferenceMoved" && location.hash === eventPlace(event)
        && document.visibilityState === "visible";
}

function read(notification) {
    inbox.mark(notification, "read").catch((problem) => {
        // It stays unread, which its reader sees.
        if (!problem.code) throw problem;
    });
}

function card(notification) {
    const { event } = notification;
    const open = () => {
        node.remove();
        read(notification);
    };
    const node = element("div", { class: "news" },
        element("a", { href: eventPlace(event), onclick: open }, eventPhrase(event)),
        button("dismiss", () => node.remove()));
    let timer = setTimeout(() => node.remove(), stay);
    const keep = () => clearTimeout(timer);
    const release = () => { timer = setTimeout(() => node.remove(), stay); };
    for (const name of ["mouseenter", "focusin"]) node.addEventListener(name, keep);
    for (const name of ["mouseleave", "focusout"]) node.addEventListener(name, release);
    return node;
}
