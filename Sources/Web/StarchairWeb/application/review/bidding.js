import { change, get, Intention } from "../api.js";
import { places } from "../conference/places.js";
import { conferenceAndStanding } from "../conference/standing.js";
import { button, element, pagedList, unseen } from "../elements.js";
import { signedIn } from "../page.js";
import { problemContent } from "../part.js";
import { ownConflict } from "../submission/conflicts.js";
import { phrase, text } from "../text.js";

const pageLength = 20;
const bidPageLength = 100;
/** Bids at present are read up to so many pages. */
const bidPageCountMaximum = 10;
const bidMaximum = 20;
const levels = [20, 10, 0, -10, -20];

/** A member of the committee says which submissions to review would be welcome. */
export async function biddingView(id) {
    signedIn();
    const found = await conferenceAndStanding(id);
    const { conference } = found;
    const title = ["biddingFor", { conference: conference.shortenForm }];
    const nav = places(conference, "bidding", found);
    if (conference.status !== "bidding") {
        return { title, content: [nav, element("p", { class: "quiet" }, phrase("noBidding"))] };
    }
    const bids = await bidsIn(conference.id);
    const list = await pagedList(
        (after) => get(`draft/getDraftByConference/${conference.id}`,
            { after, limit: pageLength }),
        (submission) => row(submission, bids.get(submission.id)), "nothingToBidFor");
    return { title, content: [
        nav, element("p", { class: "lead" }, phrase("biddingLead")), list,
    ] };
}

async function bidsIn(id) {
    const bids = new Map();
    let after;
    for (let page = 0; page < bidPageCountMaximum; page += 1) {
        const { items, next } = await get(
            `reviewProcess/getBids/${id}`, { after, limit: bidPageLength });
        for (const { draftId, bid } of items) bids.set(draftId, bid);
        after = next;
        if (!next) break;
    }
    return bids;
}

function row(submission, bid) {
    const { id, number, title, authors = [], summary, topics = [], status } = submission;
    const node = element("div", {},
        element("h2", { id: `title-${id}` },
            element("span", { class: "number" }, unseen(phrase("number")), `#${number}`), " ",
            title),
        authors.length > 0
            && element("p", {}, authors.map(({ fullname }) => fullname).join(", ")),
        topics.length > 0 && element("p", { class: "byline" },
            phrase("topicsAre", { topics: topics.join(", ") })),
        summary && element("details", {}, element("summary", {}, phrase("abstract")),
            element("p", { class: "prose" }, summary)),
        status === "withdrawn" ? element("p", { class: "quiet" }, phrase("isWithdrawn"))
            : bidControl(submission, bid),
        ownConflict(submission, (parameters) => {
            node.replaceChildren(element("p", { class: "quiet", role: "status" },
                phrase("ownConflictIsDeclared", parameters)));
        }));
    return node;
}

/** Five levels as buttons, and any number between. */
function bidControl({ id }, present) {
    let [bid, kept, wanted] = [present, present, present];
    let turn = Promise.resolve();
    const intention = new Intention();
    const words = element("p", { class: "note", role: "status" });
    const failure = element("div", { role: "alert", class: "failure" });
    const buttons = levels.map((level) =>
        button(`bid.${level}`, () => place(level), { "aria-pressed": "false" }));
    const number = element("input", {
        type: "number", min: -bidMaximum, max: bidMaximum, step: 1, inputmode: "numeric",
        "aria-label": () => text("bidNumber"), onchange: () => placeNumber(),
    });
    mark();
    return element("div", { class: "bid" },
        element("div", { role: "group", "aria-labelledby": `title-${id}`, class: "levels" },
            buttons, number), words, failure);

    function mark() {
        buttons.forEach((each, index) =>
            each.setAttribute("aria-pressed", String(levels[index] === bid)));
        number.value = bid ?? "";
    }

    function placeNumber() {
        const value = number.valueAsNumber;
        if (Number.isInteger(value) && Math.abs(value) <= bidMaximum) return place(value);
        failure.replaceChildren(phrase("check.bid"));
    }

    /** One bid after the other, so that the last one stays. */
    function place(value) {
        [bid, wanted] = [value, value];
        mark();
        turn = turn.then(() => (wanted === value ? send(value) : undefined));
    }

    async function send(value) {
        failure.replaceChildren();
        try {
            await change("reviewProcess/bid", { draftId: id, bid: value }, intention);
            kept = value;
            words.replaceChildren(phrase("bidIsPlaced", { bid: value }));
        } catch (problem) {
            if (wanted === value) bid = kept;
            mark();
            words.replaceChildren();
            failure.replaceChildren(...problemContent(problem));
        }
    }
}
