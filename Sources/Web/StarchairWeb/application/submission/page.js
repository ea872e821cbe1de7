import { get } from "../api.js";
import { conferenceAndStanding } from "../conference/standing.js";
import { element, link, standing, time } from "../elements.js";
import { go, signedIn } from "../page.js";
import { part } from "../part.js";
import { reviewerParts } from "../review/parts.js";
import { download } from "../submissions.js";
import { phrase } from "../text.js";
import { authorParts } from "./authorship.js";
import { conflictsPart, ownConflict } from "./conflicts.js";
import { decisionButtons, decisionWord } from "./decision.js";
import { discussionPart } from "./discussion.js";
import { rebuttalPart } from "./rebuttal.js";
import { reviewersPart } from "./reviewers.js";

/** One submission: all that the reader may know of it, and may do. */
export async function submissionView(id) {
    const account = signedIn();
    const name = encodeURIComponent(id);
    const submission = await get(`draft/getDraftById/${name}`);
    const [found, process] = await Promise.all([
        conferenceAndStanding(submission.confId),
        get(`reviewProcess/getReviewProcessByDraftId/${name}`),
    ]);
    const { conference } = found;
    const address = account.verified ? account.email?.toLowerCase() : undefined;
    const isAuthor = (submission.authors ?? [])
        .some(({ email }) => email.toLowerCase() === address);
    // An author is nothing else to the own submission.
    const parts = isAuthor ? await authorParts(submission, found, process)
        : [
            ...(process.isAssigned ? await reviewerParts(submission, found, process) : []),
            ...(found.isChair ? await chairParts(submission, found, process) : []),
        ];
    return {
        title: ["submissionNumber", {
            conference: conference.shortenForm, number: submission.number,
        }],
        content: [head(submission, conference), ...parts],
    };
}

function head(submission, { id, shortenForm }) {
    const { title, authors = [], summary, topics = [], status, submittedTime } = submission;
    const people = authors.map(({ fullname, company }) =>
        (company ? `${fullname} (${company})` : fullname));
    return element("section", { class: "paper" },
        element("p", { class: "lead", id: `title-${submission.id}` }, title),
        people.length > 0 && element("p", {}, people.join(", ")),
        element("p", { class: "byline" },
            element("a", { href: `#/conference/${id}` }, shortenForm),
            status && standing("submission", status), submittedTime && time(submittedTime)),
        topics.length > 0 && element("p", { class: "quiet" },
            phrase("topicsAre", { topics: topics.join(", ") })),
        summary && element("details", { open: true },
            element("summary", {}, phrase("abstract")),
            element("p", { class: "prose" }, summary)),
        element("p", { class: "links" }, download(submission)));
}

/** What a chair sees and does. */
async function chairParts(submission, found, process) {
    const { conference, members } = found;
    const isJudged = submission.status === "submitted";
    const assignable = isJudged ? members : [];
    return [
        isJudged ? await decisionPart(submission, conference, process) : decisionWord(process),
        await reviewersPart(submission, conference, assignable, process),
        !process.isAssigned
            && rebuttalPart(submission, conference, process, { isAuthor: false }),
        !process.isAssigned && await discussionPart(submission, conference),
        await conflictsPart(submission, found, { isChair: true }),
        !process.isAssigned && ownConflict(submission, (parameters) =>
            go(`#/conference/${conference.id}/submissions`, "ownConflictIsDeclared", parameters)),
        element("p", { class: "links" },
            link(`#/conference/${conference.id}/submissions`, "allSubmissions")),
    ];
}

async function decisionPart(submission, conference, process) {
    let [present, isFirst] = [process, true];
    const { node } = await part(async (self) => {
        const path = `reviewProcess/getReviewProcessByDraftId/${submission.id}`;
        if (!isFirst) present = await get(path);
        isFirst = false;
        const buttons = decisionButtons(self, conference, submission, present);
        const word = decisionWord(present);
        return buttons || word
            ? [element("h2", { class: "part" }, phrase("decision")), word, buttons] : [];
    });
    return node;
}
