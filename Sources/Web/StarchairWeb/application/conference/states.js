import { element } from "../elements.js";
import { part } from "../part.js";
import { phrase } from "../text.js";
import { rules } from "./facts.js";
import { deadlinePart } from "./deadline.js";
import { releasePart } from "./release.js";

/** The states to which a chair may move a conference; the server has the same table. */
const successors = {
    approved: ["submitting"], submitting: ["bidding"], bidding: ["assigning", "submitting"],
    assigning: ["reviewing", "bidding"], reviewing: ["rebuttal", "discussing", "assigning"],
    rebuttal: ["discussing"], discussing: ["decided"], decided: ["discussing"],
    released: ["cameraReady", "archived"], cameraReady: ["archived"],
};

/** Moves back, which are called by what they open again. */
const backMoves = [
    "bidding.submitting", "assigning.bidding", "reviewing.assigning", "decided.discussing",
];

/** Moves that cannot be taken back by another. */
const finalMoves = ["rebuttal", "archived", "cameraReady"];

/** For a chair: where the conference stands, what can be next, its rules and its releases. */
export async function stateParts(conference) {
    const { status } = conference;
    const next = successors[status] ?? [];
    const moves = await part((self) => [
        element("h2", { class: "part" }, phrase("course")),
        element("p", {}, phrase(`now.${status}`)),
        next.length > 0 && element("ul", { class: "moves" },
            next.map((state, index) => move(self, conference, state, index === 0))),
    ]);
    return [
        moves.node, deadlinePart(conference), await releasePart(conference),
        element("section", {}, element("h2", { class: "part" }, phrase("rules")),
            rules(conference)),
    ];
}

function move(self, { id, status }, state, isUsual) {
    const isBack = backMoves.includes(`${status}.${state}`);
    return element("li", {},
        self.button(isBack ? `to.${state}.from.${status}` : `to.${state}`, {
            path: `conference/changeStatus/${id}`, body: { status: state },
            doneKey: `done.${state}`, isWhole: true,
            question: finalMoves.includes(state) ? `sure.${state}` : undefined,
            class: isUsual && status !== "decided" ? "primary" : "",
        }),
        element("p", { class: "note" }, phrase(`opens.${state}`)));
}
