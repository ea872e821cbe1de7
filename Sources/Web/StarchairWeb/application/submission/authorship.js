import { element, link } from "../elements.js";
import { part } from "../part.js";
import { namesOf } from "../people.js";
import { phrase } from "../text.js";
import { conflictsPart } from "./conflicts.js";
import { decisionWord } from "./decision.js";
import { rebuttalPart } from "./rebuttal.js";
import { reviewsPart } from "./reviews.js";

/** States in which a submission can be taken back. */
const openStates = [
    "approved", "submitting", "bidding", "assigning", "reviewing", "rebuttal", "discussing",
];

/** What authors see of their submission, and may do. */
export async function authorParts(submission, found, process) {
    const { conference } = found;
    const names = await namesOf(
        process.reviews.map(({ pcMemberId }) => pcMemberId).filter(Boolean));
    const isAnswered = process.reviews.length > 0 || process.decision;
    return [
        await ownership(submission, conference), decisionWord(process),
        ...(isAnswered ? reviewsPart(process.reviews, names)
            : [element("p", { class: "quiet" }, phrase("reviewsLater"))]),
        rebuttalPart(submission, conference, process, { isAuthor: true }),
        await conflictsPart(submission, found, { isChair: false }),
    ];
}

/** Changing a submission, and taking it back. */
async function ownership({ id, number, version, status }, conference) {
    if (status === "withdrawn") {
        return element("p", { class: "reminder" }, phrase("isWithdrawn"));
    }
    const { node } = await part((self) => element("div", { class: "actions" },
        conference.status === "submitting" && link(`#/edit/${id}`, "edit", { class: "button" }),
        openStates.includes(conference.status) && self.button("withdraw", {
            path: "draft/withdrawDraft", body: { id, version }, parameters: { number },
            question: "withdrawQuestion", doneKey: "withdrawn", isWhole: true, class: "danger",
        })));
    return node;
}
