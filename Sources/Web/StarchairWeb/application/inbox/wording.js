import { isKnown, phrase, text } from "../text.js";

/** A notification in words. */
export function eventPhrase({ kind, shortenForm, number, parameters = {} }) {
    const key = isKnown(`event.${kind}`) ? `event.${kind}` : "event.other";
    const word = (group, name) => () => text(`${group}.${parameters[name]}`);
    return phrase(key, {
        ...parameters, conference: shortenForm, number,
        state: word("conference", "state"), role: word("role", "role"),
        status: word("invitation", "status"), decision: word("decision", "decision"),
    });
}

/** Where a notification leads. */
export function eventPlace({ kind, confId, draftId }) {
    switch (kind) {
    case "invited": case "assigned": return "#/reviewing";
    case "invitationAnswered": return `#/conference/${confId}/committee`;
    case "assignmentDeclined": return `#/conference/${confId}/submissions`;
    default: return draftId ? `#/submission/${draftId}` : `#/conference/${confId}`;
    }
}
