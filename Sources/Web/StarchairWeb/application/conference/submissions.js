import { ask, get } from "../api.js";
import { element, pagedList, standing, unseen } from "../elements.js";
import { signedIn } from "../page.js";
import { part } from "../part.js";
import { scores } from "../submission/reviews.js";
import { decisionButtons } from "../submission/decision.js";
import { download } from "../submissions.js";
import { phrase } from "../text.js";
import { assignmentPart } from "./assignment.js";
import { places } from "./places.js";
import { conferenceAndStanding } from "./standing.js";

const pageLength = 20;
const processPageLength = 50;

/** For a chair: a conference's submissions and how far their reviews are. */
export async function conferenceSubmissionsView(id) {
    signedIn();
    const found = await conferenceAndStanding(id);
    const { conference } = found;
    const list = await part(async () => {
        const processOf = processesInOrder(conference.id);
        return pagedList(
            (after) => get(`draft/getDraftByConference/${conference.id}`,
                { after, limit: pageLength }),
            async (submission) => row(conference, submission, await processOf(submission)),
            "noneSubmitted");
    });
    const canAssign = ["assigning", "reviewing"].includes(conference.status);
    return { title: ["submissionsOf", { conference: conference.shortenForm }], content: [
        places(conference, "submissions", found),
        canAssign && await assignmentPart(conference, () => list.refresh()),
        list.node,
    ] };
}

/**
 * Finds the review processes of submissions that are asked for by rising numbers. Both lists have
 * that order, and a submission for which nobody was ever assigned has no process.
 */
function processesInOrder(conferenceID) {
    const processes = new Map();
    let [after, last, isOver] = [undefined, 0, false];
    let reading = Promise.resolve();

    async function readUntil(number) {
        while (!isOver && last < number) {
            const { items, next } = await ask(
                `reviewProcess/getReviewProcessByConfId/${conferenceID}`, {},
                { after, limit: processPageLength });
            for (const process of items) processes.set(process.draftId, process);
            last = items.at(-1)?.number ?? last;
            after = next;
            isOver = !next;
        }
    }

    return async ({ id, number }) => {
        reading = reading.then(() => readUntil(number));
        await reading;
        return processes.get(id);
    };
}

async function row(conference, submission, process) {
    const { id, number, title, authors = [], status } = submission;
    let [present, isFirst] = [process, true];
    const { node } = await part(async (self) => {
        if (!isFirst) present = await get(`reviewProcess/getReviewProcessByDraftId/${id}`);
        isFirst = false;
        return [
            element("h2", { id: `title-${id}` },
                element("span", { class: "number" }, unseen(phrase("number")), `#${number}`), " ",
                element("a", { href: `#/submission/${id}` }, title)),
            authors.length > 0
                && element("p", {}, authors.map(({ fullname }) => fullname).join(", ")),
            standings(conference, status, present),
            status === "submitted" && decisionButtons(self, conference, submission, present),
            element("p", { class: "links" }, download(submission)),
        ];
    });
    return node;
}

/** How far a submission is, in short. */
function standings(conference, status, process) {
    return element("p", { class: "byline" },
        status === "withdrawn" ? standing("submission", status) : progress(conference, process),
        scores(process?.reviews ?? []),
        process?.decision && standing("decision", process.decision.decision));
}

/** How many of the assigned reviews are there. */
function progress({ status }, process) {
    if (["approved", "submitting", "bidding"].includes(status)) return null;
    const counted = (process?.reviews ?? []).filter(({ status }) => status !== "quarantined");
    const done = counted.filter(({ status }) => status === "confirmed").length;
    return element("span", {}, counted.length === 0 ? phrase("notAssigned")
        : phrase("reviewProgress", { done, count: counted.length }));
}
