import { button, element } from "./elements.js";
import { checkAddress, field } from "./fields.js";
import { phrase } from "./text.js";

const authorCountMaximum = 200;

/** The authors of a submission in their order; `ownAddress` marks the row that cannot go. */
export function authorsField(authors, ownAddress) {
    let rows = [];
    const list = element("div", {});
    const complaint = element("p", { class: "complaint" });
    const announcement = element("p", { class: "unseen", role: "status" });
    const add = button("addAuthor", () => {
        insert({});
        rows.at(-1).focus();
    });
    const node = element("fieldset", { class: "authors" },
        element("legend", {}, phrase("field.authors")),
        element("p", { class: "note" }, phrase("note.authors")),
        list, complaint, announcement, add);

    function insert(author) {
        const isOwn = author.email !== undefined && author.email === ownAddress;
        rows.push(authorRow(author, isOwn, { raise, remove }));
        arrange();
    }

    function raise(row) {
        const place = rows.indexOf(row);
        rows.splice(place - 1, 2, row, rows[place - 1]);
        arrange();
        (place > 1 ? row.raiseButton : row).focus();
        announce("authorMoved", { place });
    }

    function remove(row) {
        const place = rows.indexOf(row);
        rows = rows.filter((other) => other !== row);
        arrange();
        (rows[place] ?? add).focus();
        announce("authorRemoved", { place: place + 1 });
    }

    function announce(key, parameters) {
        announcement.replaceChildren(phrase(key, parameters));
        node.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function arrange() {
        rows.forEach((row, index) => row.setPlace(index + 1));
        list.replaceChildren(...rows.map((row) => row.node));
        add.hidden = rows.length >= authorCountMaximum;
    }

    function complain(key, parameters) {
        complaint.replaceChildren(...(key ? [phrase(key, parameters)] : []));
    }

    function isFine() {
        complain();
        const areFine = rows.map((row) => row.isFine());
        const addresses = rows.map((row) => row.read().email?.toLowerCase());
        const twin = rows.find((row, index) => row.isFine()
            && addresses.indexOf(addresses[index]) < index);
        twin?.complain("check.twin");
        return !twin && !areFine.includes(false);
    }

    function focus() {
        (rows.find((row) => row.isMarked()) ?? rows[0]).focus();
    }

    for (const author of authors) insert(author);
    const read = () => rows.map((row) => row.read());
    return { name: "authors", node, complain, isFine, focus, read };
}

function authorRow(author, isOwn, { raise, remove }) {
    const parts = {
        fullname: field("fullname", { required: true, length: [1, 200], value: author.fullname }),
        email: field("email", {
            type: "email", required: true, check: checkAddress, value: author.email,
            readonly: isOwn,
        }),
        company: field("company", { length: [0, 200], value: author.company }),
    };
    const all = Object.values(parts);
    const isMarked = (part) => part.input.hasAttribute("aria-invalid");
    let place = 0;
    const legend = element("legend", {});
    const raiseButton = button("raise", () => raise(row));
    const removeButton = !isOwn && button("remove", () => remove(row));
    const row = {
        raiseButton,
        node: element("fieldset", { class: "author" }, legend,
            element("div", { class: "columns" }, all.map((part) => part.node)),
            element("div", { class: "actions" }, raiseButton, removeButton)),
        setPlace(value) {
            place = value;
            legend.replaceChildren(phrase(isOwn ? "author.own" : "author", { place }));
            raiseButton.hidden = place === 1;
        },
        read: () => Object.fromEntries(all.map((part) => [part.name, part.read()])),
        isFine: () => !all.map((part) => part.isFine()).includes(false),
        isMarked: () => all.some(isMarked),
        complain: (key) => parts.email.complain(key),
        focus: () => (all.find(isMarked) ?? all[0]).focus(),
    };
    return row;
}
