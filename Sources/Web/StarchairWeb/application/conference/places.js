import { element, link } from "../elements.js";
import { text } from "../text.js";

/** The links between the pages of one conference; `here` is the present one's key. */
export function places({ id, status }, here, { isChair, isMember }) {
    const base = `#/conference/${id}`;
    const isUnderWay = status !== "proposed" && status !== "refused";
    const all = [
        ["overview", base, true],
        ["committee", `${base}/committee`, isUnderWay && (isChair || isMember)],
        ["submissions", `${base}/submissions`, isUnderWay && isChair],
        ["bidding", `${base}/bidding`, isMember && status === "bidding"],
    ].filter(([, , isShown]) => isShown);
    if (all.length < 2) return null;
    return element("nav", { class: "places", "aria-label": () => text("placesOfConference") },
        element("ul", {}, all.map(([key, href]) => element("li", {},
            link(href, `place.${key}`, { "aria-current": key === here && "page" })))));
}
