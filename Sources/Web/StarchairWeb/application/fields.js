import { element } from "./elements.js";
import { phrase } from "./text.js";

let fieldCount = 0;

/** What the server refuses in any text: control characters and marks that turn its direction. */
const invisible =
    /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/**
 * A labelled input that says below itself what is wrong with it.
 *
 * `length` are the fewest and most characters, `check` answers with the key of a complaint about
 * a value; `rows` makes it an area of text, `note` a hint. Other attributes are the input's own.
 */
export function field(name, options) {
    const { label = `field.${name}`, note, rows, value = "", type = "text", ...rest } = options;
    const { length, check, ...attributes } = rest;
    const id = `field-${fieldCount += 1}`;
    const kind = rows ? { rows } : { type };
    const input = element(rows ? "textarea" : "input", {
        id, name, ...kind, ...attributes,
        "aria-describedby": `${id}-note ${id}-complaint`,
    });
    if (value) input.value = value;
    const complaint = element("p", { id: `${id}-complaint`, class: "complaint" });
    const node = element("div", { class: "field" },
        element("label", { for: id }, phrase(label),
            !attributes.required && element("span", { class: "quiet" }, " ", phrase("optional"))),
        note && element("p", { id: `${id}-note`, class: "note" }, phrase(note[0], note[1])),
        input, complaint);
    const read = () => readInput(input);
    const part = {
        name, node, input, read,
        /** Shows a complaint, or with none takes it back. */
        complain(key, parameters) {
            input.toggleAttribute("aria-invalid", false);
            complaint.replaceChildren();
            if (!key) return;
            input.setAttribute("aria-invalid", "true");
            complaint.append(phrase(key, parameters));
        },
        /** Whether the value may be sent; complains when it may not. */
        isFine() {
            const found = fault(read(), attributes.required, length, check);
            part.complain(...(found ?? []));
            return !found;
        },
        focus: () => input.focus(),
    };
    input.addEventListener("input", () => part.complain());
    return part;
}

/** A field for a password, which can be shown. */
export function passwordField(options) {
    const part = field("password", { type: "password", required: true, ...options });
    const reveal = element("input", {
        type: "checkbox",
        onchange: () => { part.input.type = reveal.checked ? "text" : "password"; },
    });
    part.node.append(element("label", { class: "choice" }, reveal, phrase("showPassword")));
    return part;
}

/** A group of boxes, for any of the choices. */
export function choicesField(name, choices, chosen) {
    const boxes = choices.map((value) => {
        const box = element("input", { type: "checkbox", name, value });
        box.checked = chosen.includes(value);
        return box;
    });
    const complaint = element("p", { class: "complaint" });
    return {
        name,
        node: element("fieldset", {}, element("legend", {}, phrase(`field.${name}`)),
            boxes.map((box) => element("label", { class: "choice" }, box, box.value)), complaint),
        read: () => boxes.filter((box) => box.checked).map((box) => box.value),
        complain: (key, parameters) =>
            complaint.replaceChildren(...(key ? [phrase(key, parameters)] : [])),
        isFine: () => true,
        focus: () => boxes[0].focus(),
    };
}

/** What an input holds, tidied; undefined when it is empty. */
function readInput(input) {
    if (input.type === "file") return input.files[0];
    if (input.autocomplete.endsWith("password")) return input.value || undefined;
    const value = input.value.replace(invisible, "");
    if (input.type === "datetime-local") return value ? new Date(value).toISOString() : undefined;
    const line = input.type === "textarea" ? value : value.replace(/[\t\r\n]+/g, " ");
    return line.trim() || undefined;
}

/** The complaint about a value: a key and parameters; undefined when there is none. */
function fault(value, isRequired, length = [0, Infinity], check = () => undefined) {
    if (value === undefined) return isRequired ? ["check.missing"] : undefined;
    const [fewest, most] = length;
    const count = typeof value === "string" ? [...value].length : 0;
    if (count < fewest) return ["check.short", { count: fewest }];
    if (count > most) return ["check.long", { count: most, present: count }];
    const key = check(value);
    return key && [key];
}

/** Whether a text looks like an address; the letter that is sent there finds out the rest. */
export function checkAddress(value) {
    return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value) ? undefined : "check.email";
}
