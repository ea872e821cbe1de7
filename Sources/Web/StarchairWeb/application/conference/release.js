import { ask, change, get, Intention } from "../api.js";
import { button, element } from "../elements.js";
import { mayLeave, redraw } from "../page.js";
import { part, problemContent } from "../part.js";
import { phrase } from "../text.js";

const statesBeforeDecision = ["reviewing", "rebuttal", "discussing", "decided"];
/** How often, and after how many milliseconds, the conference is looked at after a release. */
const lookCount = 10;
const lookPause = 400;
const processPageLength = 20;

/** For a chair: the release of the reviews and of the decisions; null when it is not the time. */
export async function releasePart(conference) {
    const { id, status } = conference;
    if (!statesBeforeDecision.includes(status)) return null;
    const { node } = await part(async (self) => {
        const released = await releasedOf(id);
        return [
            element("h2", { class: "part" }, phrase("releases")),
            ...(released ? [element("p", {}, phrase(`isReleased.${released}`))]
                : reviews(self, id)),
            status === "decided" && released !== "decisions" && decisions(id),
        ];
    });
    return node;
}

/** What was released: each process that the reader sees as a chair says it of the conference. */
async function releasedOf(id) {
    let after;
    do {
        const { items, next } = await ask(
            `reviewProcess/getReviewProcessByConfId/${id}`, {},
            { after, limit: processPageLength });
        const process = items.find(({ pcMembers }) => pcMembers);
        if (process) return process.released;
        after = next;
    } while (after);
    return undefined;
}

function reviews(self, id) {
    return [
        element("p", { class: "note" }, phrase("releaseReviewsNote")),
        element("div", { class: "actions" }, self.button("releaseReviews", {
            path: "reviewProcess/release", body: { confId: id, what: "reviews" },
            doneKey: "reviewsAreReleased", question: "releaseReviewsQuestion",
        })),
    ];
}

/** The release that cannot be undone: a first button shows the second, beside what it does. */
function decisions(id) {
    const failure = element("div", { role: "alert", class: "failure" });
    const intention = new Intention();
    const first = button("releaseDecisions", () => {
        question.hidden = false;
        first.hidden = true;
        question.focus();
    });
    const second = button("releaseDecisionsNow", async () => {
        if (second.hasAttribute("aria-disabled") || !mayLeave()) return;
        second.setAttribute("aria-disabled", "true");
        failure.replaceChildren();
        try {
            await change("reviewProcess/release", { confId: id, what: "decisions" }, intention);
            await untilReleased(id);
            redraw("decisionsAreReleased");
        } catch (problem) {
            failure.replaceChildren(...problemContent(problem));
            second.removeAttribute("aria-disabled");
        }
    }, { class: "danger" });
    const back = button("cancel", () => {
        question.hidden = true;
        first.hidden = false;
        first.focus();
    });
    const question = element("div", {
        class: "question", role: "group", tabindex: "-1", hidden: true,
        "aria-labelledby": "release-question",
    }, element("p", { id: "release-question" }, phrase("releaseDecisionsQuestion")), failure,
    element("div", { class: "actions" }, second, back));
    return [
        element("p", { class: "note" }, phrase("releaseDecisionsNote")),
        element("div", { class: "actions" }, first), question,
    ];
}

/** The conference hears of the release a moment later. */
async function untilReleased(id) {
    for (let look = 0; look < lookCount; look += 1) {
        const { status } = await get(`conference/getConferenceById/${id}`);
        if (status !== "decided") return;
        await new Promise((resolve) => { setTimeout(resolve, lookPause); });
    }
}
