import { change } from "../api.js";
import { element, standing } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { go } from "../page.js";
import { namesOf } from "../people.js";
import { ownConflict } from "../submission/conflicts.js";
import { decisionWord } from "../submission/decision.js";
import { discussionPart } from "../submission/discussion.js";
import { rebuttalPart } from "../submission/rebuttal.js";
import { reviewsPart } from "../submission/reviews.js";
import { phrase } from "../text.js";
import { reviewForm } from "./form.js";

/** What a reviewer sees of a submission, and does; a chair sees the other reviews elsewhere. */
export async function reviewerParts(submission, { conference, isChair }, process) {
    const { status } = conference;
    const own = process.reviews.find(({ version }) => version !== undefined);
    const isOpen = submission.status === "submitted"
        && ["reviewing", "discussing"].includes(status);
    const mayDecline = submission.status === "submitted"
        && ["assigning", "reviewing"].includes(status);
    return [
        !isChair && decisionWord(process),
        element("section", {},
            element("div", { class: "row-head part" },
                element("h2", {}, phrase("ownReview")),
                own && standing("review", own.status)),
            isOpen ? reviewForm(submission, own, status)
                : element("p", { class: "quiet" }, phrase(`noReviewIn.${
                    status === "assigning" ? "assigning" : "other"}`))),
        ...(isChair ? [] : await others(process, own, isOpen)),
        rebuttalPart(submission, conference, process, { isAuthor: false }),
        await discussionPart(submission, conference),
        mayDecline && declineForm(submission),
        ownConflict(submission, (parameters) =>
            go("#/reviewing", "ownConflictIsDeclared", parameters)),
    ];
}

async function others({ reviews }, own, isOpen) {
    const names = await namesOf(reviews.map(({ pcMemberId }) => pcMemberId).filter(Boolean));
    const emptyKey = own?.status === "confirmed" ? "noOtherReviews" : "otherReviewsLater";
    return reviewsPart(reviews, names, { isOwnShown: !isOpen, emptyKey });
}

function declineForm({ id, number }) {
    const { node } = form({
        submitKey: "declineAssignment", keepsText: true,
        fields: [field("reason", { rows: 2, length: [0, 1000] })],
        async send({ reason }, { intention }) {
            await change("reviewProcess/decline", { draftId: id, reason }, intention);
            return () => go("#/reviewing", "assignmentIsDeclined", { number });
        },
    });
    return element("details", {}, element("summary", {}, phrase("cannotReview")),
        element("p", { class: "note" }, phrase("cannotReviewNote")), node);
}
