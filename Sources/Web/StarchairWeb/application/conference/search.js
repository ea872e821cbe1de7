import { ask, change, Intention } from "../api.js";
import { button, element } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { problemContent } from "../part.js";
import { phrase, text } from "../text.js";

const resultCountMaximum = 20;

/** Finds people by a word of their name and puts them on the committee. */
export function searchPart({ id }, afterChange) {
    const results = element("div", { role: "status" });
    const { node } = form({
        submitKey: "search",
        fields: [field("word", {
            required: true, length: [1, 64], note: ["note.word"], check: checkWord,
        })],
        async send({ word }) {
            const found = await ask(
                "user/findUserByName", { username: word }, { limit: resultCountMaximum });
            results.replaceChildren(
                element("p", { class: "note" }, phrase("found", { count: found.items.length })),
                element("ul", { class: "rows" },
                    found.items.map((person) => result(id, person, afterChange))));
        },
    });
    return element("section", {},
        element("h2", { class: "part" }, phrase("addPeople")),
        element("p", { class: "note" }, phrase("addPeopleNote")), node, results);
}

function checkWord(value) {
    return /\s/.test(value) ? "check.word" : undefined;
}

function result(id, { id: account, fullname, username, company }, afterChange) {
    const words = element("p", { role: "status", class: "note" });
    const failure = element("div", { role: "alert", class: "failure" });
    const add = (role, key, doneKey) => {
        const intention = new Intention();
        return button(key, async ({ currentTarget }) => {
            if (currentTarget.hasAttribute("aria-disabled")) return;
            currentTarget.setAttribute("aria-disabled", "true");
            failure.replaceChildren();
            try {
                await change(`conference/addPcMember/${id}`, { account, role }, intention);
                words.replaceChildren(phrase(doneKey, { name: fullname }));
                await afterChange();
            } catch (problem) {
                failure.replaceChildren(...problemContent(problem));
            }
            currentTarget.removeAttribute("aria-disabled");
        }, { "aria-label": () => `${text(key)}: ${fullname}` });
    };
    return element("li", {},
        element("h3", {}, fullname),
        element("p", { class: "byline" }, element("span", {}, username),
            company && element("span", {}, company)),
        element("div", { class: "actions small" },
            add("member", "addMember", "memberIsAdded"), add("chair", "addChair", "chairIsAdded")),
        words, failure);
}
