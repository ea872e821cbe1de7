import { element, standing } from "../elements.js";
import { phrase } from "../text.js";

/** The reviews that the reader may see, with who wrote them where that is known. */
export function reviewsPart(reviews, names, { isOwnShown = true, emptyKey = "noReviews" } = {}) {
    const shown = reviews.filter((review) => isOwnShown || review.version === undefined);
    return [
        element("h2", { class: "part" }, phrase("reviews")),
        shown.length === 0 ? element("p", { class: "quiet" }, phrase(emptyKey))
            : element("ol", { class: "rows" },
                shown.map((review, index) => element("li", {}, content(review, index, names)))),
    ];
}

function content(review, index, names) {
    const {
        pcMemberId, score, confidence, comment, remarks, status, version, isUnconfirmed,
    } = review;
    const name = pcMemberId && names.get(pcMemberId);
    return [
        element("div", { class: "row-head" },
            element("h3", {}, phrase("review", { place: index + 1 }),
                name && `: ${name}`, version !== undefined && [" ", phrase("you")]),
            status !== "confirmed" && standing("review", status)),
        isUnconfirmed && status === "confirmed"
            && element("p", { class: "byline" }, phrase("review.unconfirmed")),
        judgement(score, confidence),
        comment && element("p", { class: "prose" }, comment),
        remarks && element("div", { class: "remarks" },
            element("h4", {}, phrase("field.remarks")),
            element("p", { class: "prose" }, remarks)),
    ];
}

/** A score and how sure its reviewer is. */
function judgement(score, confidence) {
    if (score === undefined && confidence === undefined) return null;
    return element("dl", { class: "facts" },
        score !== undefined && element("div", {}, element("dt", {}, phrase("field.score")),
            element("dd", {}, phrase(`score.${score}`))),
        confidence !== undefined && element("div", {},
            element("dt", {}, phrase("field.confidence")),
            element("dd", {}, phrase(`confidence.${confidence}`))));
}

/** The scores of confirmed reviews, in short. */
export function scores(reviews) {
    return reviews.filter(({ status, score }) => status === "confirmed" && score !== undefined)
        .map(({ score }) => element("span", { class: `score ${score > 0 ? "for" : "against"}` },
            phrase(`score.${score}`)));
}
