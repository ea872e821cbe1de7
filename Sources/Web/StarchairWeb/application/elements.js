import { day, follow, isKnown, moment, phrase, text } from "./text.js";

/**
 * An element. Attributes named `on…` are listeners; those whose value is a function follow the
 * language. Children are nodes or plain text, never markup.
 */
export function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
        if (attribute.startsWith("on")) {
            node.addEventListener(attribute.slice(2), value);
        } else if (typeof value === "function") {
            follow(node, () => node.setAttribute(attribute, value()));
        } else if (value !== undefined && value !== null && value !== false) {
            node.setAttribute(attribute, value === true ? "" : value);
        }
    }
    node.append(...children.flat(2).filter((child) => child || child === 0));
    return node;
}

/** A link to a place of the page, or to a file. */
export function link(href, key, attributes = {}) {
    return element("a", { href, ...attributes }, phrase(key));
}

/** A button that does something other than sending a form. */
export function button(key, onclick, attributes = {}) {
    return element("button", { type: "button", onclick, ...attributes }, phrase(key));
}

/** Words for those who do not see what stands around them. */
export function unseen(...children) {
    return element("span", { class: "unseen" }, ...children);
}

/** A moment, or with `isDay` its day. */
export function time(iso, { isDay = false } = {}) {
    const node = element("time", { datetime: iso });
    follow(node, () => { node.textContent = isDay ? day(iso) : moment(iso); });
    return node;
}

/** Where a conference or a submission stands. */
export function standing(kind, status) {
    return element("span", { class: `standing ${status}` }, phrase(`${kind}.${status}`));
}

/** What went wrong, in the reader's language. */
export function problemText(problem) {
    const { code, parameters } = problem;
    if (!isKnown(`problem.${code}`)) return document.createTextNode(problem.message);
    const word = (kind, name) => () => text(`${kind}.${parameters[name]}`);
    return phrase(`problem.${code}`, {
        ...parameters, field: () => fieldText(parameters.field),
        state: word("conference", parameters.state ? "state" : "from"),
        to: word("conference", "to"), status: word("invitation", "status"),
    });
}

/** The label of a field that the server named; `authors.Index 1.email` is a part of `authors`. */
function fieldText(name = "") {
    const first = name.split(".")[0];
    return text(first ? `field.${first}` : "field.some");
}

/**
 * A list that grows by pages. `load` gives the page after a place, `row` an item's content;
 * waits for the first page.
 */
export async function pagedList(load, row, emptyKey) {
    const list = element("ul", { class: "rows" });
    const failure = element("p", { role: "alert", class: "failure" });
    const more = button("more", async () => {
        more.setAttribute("aria-disabled", "true");
        failure.replaceChildren();
        try {
            (await add()).at(0)?.focus();
        } catch (problem) {
            failure.replaceChildren(problemText(problem));
        }
        more.removeAttribute("aria-disabled");
    });
    let place;
    async function add() {
        const page = await load(place);
        const contents = await Promise.all(page.items.map((item) => row(item)));
        const rows = contents.map((content) => element("li", { tabindex: "-1" }, content));
        list.append(...rows);
        place = page.next;
        more.hidden = !place;
        return rows;
    }
    await add();
    if (!list.hasChildNodes()) return element("p", { class: "quiet" }, phrase(emptyKey));
    return element("div", {}, list, failure, more);
}
