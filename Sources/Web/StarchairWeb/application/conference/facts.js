import { element, time } from "../elements.js";
import { phrase } from "../text.js";

/** Where and when a conference is. */
export function facts({ location, startTime, stopSubmittingTime, publishingTime }) {
    return element("dl", { class: "facts" },
        fact("fact.location", location),
        fact("fact.stopSubmittingTime", stopSubmittingTime && time(stopSubmittingTime)),
        fact("fact.publishingTime", publishingTime && time(publishingTime, { isDay: true })),
        fact("fact.startTime", startTime && time(startTime, { isDay: true })));
}

/** The rules that a conference chose. */
export function rules({ settings }) {
    const { anonymity, committeeSizeMinimum, reviewersPerSubmission, loadMaximum } = settings;
    return element("dl", { class: "facts" },
        fact("fact.anonymity", phrase(`anonymity.${anonymity}`)),
        fact("fact.committeeSizeMinimum", String(committeeSizeMinimum)),
        fact("fact.reviewersPerSubmission", String(reviewersPerSubmission)),
        fact("fact.loadMaximum", String(loadMaximum)));
}

function fact(key, value) {
    return value && element("div", {}, element("dt", {}, phrase(key)), element("dd", {}, value));
}
