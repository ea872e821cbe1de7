import { get } from "./api.js";
import { element, link, pagedList, standing, time, unseen } from "./elements.js";
import { signedIn } from "./page.js";
import { phrase } from "./text.js";

const pageLength = 20;

/** The reader's own submissions. */
export async function ownSubmissionsView() {
    signedIn();
    const conferences = new Map();
    const conferenceOf = ({ confId }) => {
        if (!conferences.has(confId)) {
            conferences.set(confId, get(`conference/getConferenceById/${confId}`));
        }
        return conferences.get(confId);
    };
    const list = await pagedList(
        (after) => get("draft/getDraftByAuthor", { after, limit: pageLength }),
        async (submission) => ownRow(submission, await conferenceOf(submission)),
        "noSubmissions");
    return { title: ["ownSubmissions"], content: [list] };
}

function ownRow(submission, conference) {
    const { id, status, submittedTime } = submission;
    return [
        head(submission),
        element("p", { class: "byline" },
            element("a", { href: `#/conference/${conference.id}` }, conference.shortenForm),
            standing("submission", status), time(submittedTime)),
        element("p", { class: "links" },
            conference.status === "submitting" && status === "submitted"
                && link(`#/edit/${id}`, "edit", { "aria-describedby": `title-${id}` }),
            download(submission)),
    ];
}

function head({ id, number, title }) {
    return element("h2", { id: `title-${id}` },
        element("span", { class: "number" }, unseen(phrase("number")), `#${number}`), " ",
        element("a", { href: `#/submission/${id}` }, title));
}

/** The link to a submission's PDF; nothing when there is none to see. */
export function download({ id, file_id }) {
    const attributes = { download: true, "aria-describedby": `title-${id}` };
    return file_id && link(`/api/draft/download/${file_id}`, "download", attributes);
}
