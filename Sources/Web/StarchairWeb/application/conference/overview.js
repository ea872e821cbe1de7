import { element, link, standing } from "../elements.js";
import { isDirty, redraw } from "../page.js";
import { phrase } from "../text.js";
import { facts } from "./facts.js";
import { places } from "./places.js";
import { conferenceAndStanding } from "./standing.js";
import { stateParts } from "./states.js";

/** One conference: what everybody may know, and for its chairs what it does next. */
export async function conferenceView(id) {
    const found = await conferenceAndStanding(id);
    const { conference, isChair, isMember } = found;
    const { fullName, topics, status } = conference;
    const lead = element("p", { class: "lead" }, fullName);
    followMoves(conference, lead);
    return { title: ["verbatim", { text: conference.shortenForm }], content: [
        places(conference, "overview", found),
        lead,
        element("p", {}, standing("conference", status)), facts(conference),
        topics.length > 0 && element("p", {}, phrase("topicsAre", { topics: topics.join(", ") })),
        status === "submitting" && element("p", {}, link(`#/submit/${conference.id}`, "submitHere",
            { class: isChair ? "button" : "button primary" })),
        isMember && memberPart(conference),
        ...(isChair ? await stateParts(conference) : []),
    ] };
}

/** Draws the page anew when somebody else moves the conference. */
function followMoves({ id, status }, node) {
    document.addEventListener("notification", function listen({ detail: { event } }) {
        if (!node.isConnected) return document.removeEventListener("notification", listen);
        const isMoved = event.kind === "conferenceMoved" && event.confId === id
            && event.parameters.state !== status;
        if (isMoved && !isDirty()) redraw();
    });
}

/** What somebody on the committee does at present. */
function memberPart({ id, status }) {
    const isKnown = ["bidding", "reviewing", "discussing"].includes(status);
    return element("section", {},
        element("h2", { class: "part" }, phrase("onCommittee")),
        element("p", {}, phrase(isKnown ? `member.${status}` : "member.other")),
        element("div", { class: "actions" },
            status === "bidding"
                && link(`#/conference/${id}/bidding`, "toBidding", { class: "button primary" }),
            link("#/reviewing", "toReviewing", { class: "button" })));
}
