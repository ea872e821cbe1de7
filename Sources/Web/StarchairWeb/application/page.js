import { get, Problem } from "./api.js";
import { element, problemText } from "./elements.js";
import { follow, phrase, text } from "./text.js";

const main = document.querySelector("#main");
const notice = document.querySelector("#notice");
const title = document.querySelector("title");
let pendingNotice = null;
let currentTitle = null;

follow(title, entitle);

/** Who is signed in: an account, or null. */
export const session = {
    account: null,

    /** Takes note of who is signed in. */
    set(account) {
        this.account = account;
        document.dispatchEvent(new Event("accountchange"));
    },

    /** Asks the server who is signed in. */
    async refresh() {
        try {
            this.set(await get("user/info"));
        } catch (problem) {
            if (problem.status !== 401) throw problem;
            this.set(null);
        }
    },
};

/** The account that is signed in; the problem when there is none is answered by a sign-in form. */
export function signedIn() {
    if (!session.account) throw new Problem({ code: "signInRequired", status: 401 });
    return session.account;
}

/** Goes to a place of the page, with a word on what was done. */
export function go(hash, noticeKey, parameters) {
    pendingNotice = noticeKey ? phrase(noticeKey, parameters) : null;
    if (location.hash === hash) redraw();
    else location.hash = hash;
}

/** Draws the present place anew, with a word on what was done. */
export function redraw(noticeKey, parameters) {
    if (noticeKey) pendingNotice = phrase(noticeKey, parameters);
    document.dispatchEvent(new Event("redraw"));
}

/** Draws the present place anew after a refusal, which is said above it. */
export function redrawAfter(problem) {
    pendingNotice = element("p", { class: "refusal" }, problemText(problem));
    document.dispatchEvent(new Event("redraw"));
}

/** Shows a view: `title` is the key and parameters of its heading, `content` what is below. */
export function show(view, { isFirst }) {
    const heading = element("h1", { tabindex: "-1" }, phrase(...view.title));
    main.replaceChildren(heading, ...view.content.filter(Boolean));
    main.removeAttribute("aria-busy");
    currentTitle = view.title;
    entitle();
    if (!isFirst) {
        scrollTo(0, 0);
        heading.focus({ preventScroll: true });
    }
    notice.replaceChildren(...(pendingNotice ? [pendingNotice] : []));
    pendingNotice = null;
}

function entitle() {
    title.textContent = currentTitle ? `${text(...currentTitle)} – Starchair` : "Starchair";
}

/** Whether nothing that was typed would be lost, or the reader does not mind. */
export function mayLeave() {
    return !isDirty() || confirm(text("leave"));
}

/** Says that the page's form holds something that should not be lost, or no longer does. */
export function setDirty(form, isDirty) {
    form.toggleAttribute("data-dirty", isDirty);
}

/** Whether something was typed that would be lost. */
export function isDirty() {
    return document.querySelector("form[data-dirty]") !== null;
}

addEventListener("beforeunload", (event) => {
    if (isDirty()) event.preventDefault();
});
