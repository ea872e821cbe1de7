import { ask, get } from "../api.js";
import { servedConferences } from "../conferences.js";
import { addressReminder } from "../account.js";
import { element, pagedList, standing, unseen } from "../elements.js";
import { signedIn } from "../page.js";
import { part } from "../part.js";
import { phrase } from "../text.js";
import { receivedPart } from "./received.js";

const pageLength = 20;
/** How often, and after how many milliseconds, a new membership is looked for. */
const lookPauses = [500, 1500, 4000];

/** All that a member of committees does: invitations, submissions to review, conferences. */
export async function reviewingView() {
    const account = signedIn();
    const assigned = await assignedPart();
    const served = await part(async () => [
        element("h2", { class: "part" }, phrase("served")), await servedConferences(),
    ]);
    const received = await receivedPart(() => lookAgain(served));
    return { title: ["reviewing"], content: [
        addressReminder(account), received.node, assigned, served.node,
    ] };
}

/** The conference takes on who accepted a moment later. */
function lookAgain(served) {
    for (const pause of lookPauses) {
        setTimeout(() => {
            if (served.node.isConnected) served.refresh().catch(served.fail);
        }, pause);
    }
}

async function assignedPart() {
    const conferences = new Map();
    const conferenceOf = ({ confId }) => {
        if (!conferences.has(confId)) {
            conferences.set(confId, get(`conference/getConferenceById/${confId}`));
        }
        return conferences.get(confId);
    };
    const list = await pagedList(
        (after) => ask(
            "reviewProcess/getReviewProcessByPcMember", {}, { after, limit: pageLength }),
        async (process) => row(process, await conferenceOf(process)), "noneAssigned");
    return element("section", {},
        element("h2", { class: "part" }, phrase("assignedToMe")), list);
}

function row({ draftId, number, title, reviews }, { id, shortenForm, status }) {
    const own = reviews.find(({ version }) => version !== undefined);
    return [
        element("h3", {},
            element("span", { class: "number" }, unseen(phrase("number")), `#${number}`), " ",
            element("a", { href: `#/submission/${draftId}` }, title)),
        element("p", { class: "byline" },
            element("a", { href: `#/conference/${id}` }, shortenForm),
            element("span", {}, phrase(`conference.${status}`)),
            own && standing("review", own.status)),
    ];
}
