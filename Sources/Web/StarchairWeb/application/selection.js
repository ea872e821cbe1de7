import { element } from "./elements.js";
import { phrase } from "./text.js";

let groupCount = 0;

/** A choice of one among a few, all of which are seen; `word` gives the key of a value's text. */
export function radioField(name, values, { value, word, required = false, label, note } = {}) {
    const group = `radio-${groupCount += 1}`;
    const complaint = element("p", { id: `${group}-complaint`, class: "complaint" });
    const inputs = values.map((choice) => {
        const input = element("input", {
            type: "radio", name: group, value: choice, onchange: () => complain(),
        });
        input.checked = choice === value;
        return input;
    });
    const node = element("fieldset", { "aria-describedby": `${group}-complaint` },
        element("legend", {}, phrase(label ?? `field.${name}`)),
        note && element("p", { class: "note" }, phrase(note)),
        element("div", { class: "radios" }, inputs.map((input, index) =>
            element("label", { class: "choice" }, input, phrase(word(values[index]))))),
        complaint);

    function complain(key, parameters) {
        complaint.replaceChildren(...(key ? [phrase(key, parameters)] : []));
    }

    const index = () => inputs.findIndex((input) => input.checked);
    return {
        name, node, complain,
        read: () => values[index()],
        /** Chooses a value; none of them with undefined. */
        write: (choice) => inputs.forEach((input, place) => {
            input.checked = values[place] === choice;
        }),
        isFine() {
            const isMissing = required && index() < 0;
            complain(isMissing ? "check.missing" : undefined);
            return !isMissing;
        },
        focus: () => (inputs[index()] ?? inputs[0]).focus(),
    };
}

/**
 * A choice of one in a list. `choices` are pairs of a value and the key of its text, or a value and
 * a node; a first choice of nothing is offered when `required` and no `value` is given.
 */
export function selectField(name, choices, { value, required = true, label, note } = {}) {
    const id = `select-${groupCount += 1}`;
    const option = ([choice, words]) => element("option", { value: choice },
        typeof words === "string" ? phrase(words) : words.name);
    const select = element("select", {
        id, "aria-describedby": `${id}-note ${id}-complaint`, onchange: () => complain(),
    }, value === undefined && element("option", { value: "" }, phrase("choose")),
    choices.map(option));
    select.value = value ?? "";
    const complaint = element("p", { id: `${id}-complaint`, class: "complaint" });

    function complain(key, parameters) {
        select.toggleAttribute("aria-invalid", false);
        if (key) select.setAttribute("aria-invalid", "true");
        complaint.replaceChildren(...(key ? [phrase(key, parameters)] : []));
    }

    const read = () => select.value || undefined;
    return {
        name, complain, read,
        node: element("div", { class: "field" },
            element("label", { for: id }, phrase(label ?? `field.${name}`)),
            note && element("p", { id: `${id}-note`, class: "note" }, phrase(note)),
            select, complaint),
        isFine() {
            const isMissing = required && read() === undefined;
            complain(isMissing ? "check.missing" : undefined);
            return !isMissing;
        },
        focus: () => select.focus(),
    };
}
