import { element } from "../elements.js";
import { signedIn } from "../page.js";
import { part } from "../part.js";
import { committeeOf, namesOf } from "../people.js";
import { phrase } from "../text.js";
import { invitationsPart } from "./invitations.js";
import { searchPart } from "./search.js";
import { places } from "./places.js";
import { conferenceAndStanding } from "./standing.js";

/** States in which a committee may become larger. */
const growingStates = [
    "approved", "submitting", "bidding", "assigning", "reviewing", "rebuttal", "discussing",
];

/** The chairs and the committee of a conference; its chairs also invite and add people. */
export async function committeeView(id) {
    signedIn();
    const found = await conferenceAndStanding(id);
    const { conference, isChair } = found;
    const isGrowing = growingStates.includes(conference.status);
    const list = await membersPart(found);
    return { title: ["committeeOf", { conference: conference.shortenForm }], content: [
        places(conference, "committee", found),
        list.node,
        isChair && !isGrowing && element("p", { class: "quiet" }, phrase("committeeIsClosed")),
        isChair && isGrowing && searchPart(conference, () => list.refresh()),
        isChair && await invitationsPart(conference, isGrowing),
    ] };
}

async function membersPart({ conference, members, isChair }) {
    let [chairs, present] = [conference.chairman, members];
    let isFirst = true;
    return part(async () => {
        if (!isFirst) {
            // Who was added as a chair is known to the conference alone.
            const found = await conferenceAndStanding(conference.id);
            [chairs, present] = [found.conference.chairman, await committeeOf(conference.id)];
        }
        isFirst = false;
        const names = await namesOf(chairs);
        const needed = conference.settings.committeeSizeMinimum;
        const isShort = isChair && conference.status === "approved" && present.length < needed;
        return [
            element("h2", { class: "part" }, phrase("chairs")),
            people(chairs.map((account) => names.get(account) ?? "")),
            element("h2", { class: "part" }, phrase("members", { count: present.length })),
            isShort && element("p", { class: "reminder" }, phrase("committeeIsShort", {
                count: present.length, needed,
            })),
            present.length > 0 ? people(present.map(({ fullname }) => fullname))
                : element("p", { class: "quiet" }, phrase("noMembers")),
        ];
    });
}

function people(names) {
    return element("ul", { class: "people" }, names.map((name) => element("li", {}, name)));
}
