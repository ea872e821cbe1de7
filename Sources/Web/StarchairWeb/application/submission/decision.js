import { element } from "../elements.js";
import { text, phrase } from "../text.js";

const decisions = ["accept", "reject"];

/** For a chair, while decisions are made: a button for each; null at other times. */
export function decisionButtons(self, { status }, { id, number }, process) {
    if (status !== "discussing" && status !== "decided") return null;
    const present = process?.decision;
    return element("div", {
        class: "actions small", role: "group", "aria-label": () => text("decideOn", { number }),
    }, decisions.map((decision) => self.button(`decide.${decision}`, {
        path: "reviewProcess/decide", parameters: { number }, doneKey: `isDecided.${decision}`,
        body: { draftId: id, version: present?.version ?? 0, decision },
        "aria-pressed": String(present?.decision === decision), about: `#${number}`,
    })));
}

/** What was decided, large; null when nothing is known of it. */
export function decisionWord(process) {
    const decision = process?.decision?.decision;
    return decision && element("p", { class: `decision ${decision}` },
        phrase(`decisionIs.${decision}`));
}
