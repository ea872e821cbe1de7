import { element, unseen } from "../elements.js";
import { follow, phrase, text } from "../text.js";
import { inbox } from "./inbox.js";

const drawing = "M12 3a6 6 0 0 0-6 6v4l-2 3h16l-2-3V9a6 6 0 0 0-6-6Zm-2.5 15a2.5 2.5 0 0 0 5 0";

/** The way to the notifications, with the number of unread ones. */
export function bell() {
    const words = document.createTextNode("");
    const count = element("span", { class: "count", "aria-hidden": "true" });
    const node = element("a", { href: "#/notifications", class: "bell" },
        picture(), count, unseen(words));
    follow(words, update);
    document.addEventListener("unreadchange", function listen() {
        if (node.isConnected) return update();
        document.removeEventListener("unreadchange", listen);
    });
    return node;

    function update() {
        const unread = inbox.unreadCount;
        words.data = unread ? text("unreadNotifications", { count: unread })
            : text("notifications");
        count.textContent = unread;
        count.hidden = !unread;
    }
}

function picture() {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    for (const [name, value] of [["viewBox", "0 0 24 24"], ["width", 24], ["height", 24],
        ["aria-hidden", "true"]]) svg.setAttribute(name, value);
    path.setAttribute("d", drawing);
    svg.append(path);
    return svg;
}

/** Asks to sign in again when the session ended while the page was open. */
export function sessionNotice() {
    return element("p", {}, phrase("problem.signInRequired"), " ",
        element("a", { href: "#/signin", target: "_blank" }, phrase("signInElsewhere")));
}
