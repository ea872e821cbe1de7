import { change, get } from "../api.js";
import { element } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { session } from "../page.js";
import { part } from "../part.js";
import { namesOf } from "../people.js";
import { selectField } from "../selection.js";
import { phrase } from "../text.js";

const kinds = ["coauthor", "institution", "advisor", "family", "other"];

/** States in which authors may declare conflicts: before the reviews are assigned. */
const authorStates = ["approved", "submitting", "bidding"];

/** The conflicts that the reader may see, and a form that declares one for somebody else. */
export async function conflictsPart({ id }, { conference, members }, { isChair }) {
    const mayDeclare = isChair || authorStates.includes(conference.status);
    const noteKey = isChair ? "conflictsNoteChair"
        : mayDeclare ? "conflictsNote" : "conflictsNoteClosed";
    const list = await part(async () => {
        const { items } = await get(`draft/getConflicts/${id}`);
        const names = await namesOf(items.map(({ account }) => account));
        return [
            element("h2", { class: "part" }, phrase("conflicts")),
            element("p", { class: "note" }, phrase(noteKey)),
            items.length === 0 ? element("p", { class: "quiet" }, phrase("noConflicts"))
                : element("ul", { class: "rows" }, items.map((conflict) =>
                    element("li", {}, row(conflict, names.get(conflict.account) ?? "")))),
        ];
    });
    // The reader's own conflict is declared apart from this, and an author has none.
    const others = members.filter(({ account }) => account !== session.account.id);
    return element("div", {}, list.node,
        mayDeclare && others.length > 0 && declaration(id, others, list));
}

function row({ kind, reason }, name) {
    return [
        element("h3", {}, name),
        element("p", { class: "byline" }, phrase(`kind.${kind}`)),
        reason && element("p", { class: "prose" }, reason),
    ];
}

function declaration(id, members, list) {
    const place = element("div", {});
    const details = element("details", {},
        element("summary", {}, phrase("declareFor")), place);
    function renew() {
        const { node } = form({
            submitKey: "declare", keepsText: true,
            fields: [
                selectField("account", members.map(({ account, fullname }) =>
                    [account, { name: fullname }])),
                ...reasonFields(),
            ],
            async send(values, { intention }) {
                await change("draft/declareConflict", { draftId: id, ...values }, intention);
                await list.refresh();
                return () => {
                    renew();
                    details.open = false;
                    list.say("conflictIsDeclared");
                };
            },
        });
        place.replaceChildren(node);
    }
    renew();
    return details;
}

/** A form by which a member of the committee gives up all access to a submission. */
export function ownConflict({ id, number }, afterwards) {
    const { node } = form({
        submitKey: "declareOwn", keepsText: true, fields: reasonFields(),
        async send(values, { intention }) {
            await change("draft/declareConflict", { draftId: id, ...values }, intention);
            return () => afterwards({ number });
        },
    });
    return element("details", {},
        element("summary", {}, phrase("haveConflict")),
        element("p", { class: "note" }, phrase("haveConflictNote")), node);
}

function reasonFields() {
    return [
        selectField("kind", kinds.map((kind) => [kind, `kind.${kind}`])),
        field("reason", { rows: 2, length: [0, 1000] }),
    ];
}
