import { get } from "../api.js";
import { session } from "../page.js";
import { committeeOf } from "../people.js";

/** A conference with its committee, as far as the reader may know, and what the reader is to it. */
export async function conferenceAndStanding(id) {
    const conference = await get(`conference/getConferenceById/${encodeURIComponent(id)}`);
    const account = session.account?.id;
    const members = account ? await committeeOf(conference.id) : [];
    return {
        conference, members, isChair: conference.chairman.includes(account),
        isMember: members.some((member) => member.account === account),
    };
}
