import { addressReminder } from "./account.js";
import { authorsField } from "./authors.js";
import { change, get, Intention, Problem, upload } from "./api.js";
import { element } from "./elements.js";
import { choicesField, field } from "./fields.js";
import { form } from "./form.js";
import { go, signedIn } from "./page.js";
import { chooseVersion } from "./submission/versions.js";
import { download } from "./submissions.js";
import { phrase } from "./text.js";

/** Bytes of a file that the server takes. */
const fileByteCountMaximum = 20 * 1024 * 1024;
/** Bytes at a file's beginning among which a PDF says that it is one. */
const markByteCount = 1024;

/** Hands in a new submission. */
export async function submitView(conferenceID) {
    const account = signedIn();
    const conference = await get(`conference/getConferenceById/${conferenceID}`);
    const title = ["submitTo", { conference: conference.shortenForm }];
    if (!account.verified) return { title, content: [addressReminder(account)] };
    const send = fileSender();
    const self = { fullname: account.fullname, email: account.email, company: account.company };
    const { node } = form({
        submitKey: "submit", keepsText: true,
        fields: [...parts({ authors: [self] }, conference, account), fileField(true)],
        async send({ file, ...paper }, { intention, progress }) {
            const body = { confId: conferenceID, ...paper };
            const submission = await send(file, progress, (file_id) =>
                change("draft/submitDraft", { ...body, file_id }, intention));
            const { number } = submission;
            return () => go("#/submissions", "submitted", { number, title: paper.title });
        },
    });
    return { title, content: [stateOf(conference), node] };
}

/** Changes a submission. */
export async function editView(id) {
    const account = signedIn();
    const submission = await get(`draft/getDraftById/${encodeURIComponent(id)}`);
    const conference = await get(`conference/getConferenceById/${submission.confId}`);
    const send = fileSender();
    let { version } = submission;
    const { node, failure } = form({
        submitKey: "save", keepsText: true,
        fields: [...parts(submission, conference, account), fileField(false)],
        async send({ file, ...paper }, { intention, progress }) {
            try {
                await send(file, progress, (file_id) =>
                    change("draft/modifyDraft", { id, ...paper, file_id }, intention, version));
            } catch (problem) {
                if (problem.code !== "versionConflict") throw problem;
                const present = await get(`draft/getDraftById/${id}`);
                return () => chooseVersion(failure, {
                    theirs: textsOf(present), keep() { ({ version } = present); },
                });
            }
            return () => go(`#/submission/${id}`, "saved", { number: submission.number });
        },
    });
    const title = ["editNumber", {
        conference: conference.shortenForm, number: submission.number,
    }];
    return { title, content: [stateOf(conference), node] };
}

/** Word that the conference takes nothing now; null when it does. */
function stateOf({ status }) {
    return status === "submitting" ? null
        : element("p", { class: "reminder" }, phrase("submissionsClosed"));
}

/** The fields that a new and a changed submission have in common. */
function parts({ title, summary, authors, topics = [] }, conference, account) {
    const choices = [...new Set([...conference.topics, ...topics])];
    return [
        field("title", { required: true, length: [1, 300], value: title }),
        field("summary", { required: true, length: [1, 10_000], rows: 9, value: summary }),
        ...(choices.length > 0 ? [choicesField("topics", choices, topics)] : []),
        authorsField(authors, account.email),
    ];
}

function fileField(required) {
    return field("file", {
        type: "file", accept: "application/pdf,.pdf", required,
        label: required ? "field.file" : "field.newFile", note: ["note.file"],
        check: (file) => (file.size > fileByteCountMaximum ? "problem.fileTooLarge" : undefined),
    });
}

/** Sends a form's file before its text, and each file once however often the text is sent. */
function fileSender() {
    const intention = new Intention();
    const sent = new WeakMap();
    return async (file, progress, sendText) => {
        if (file && !sent.has(file)) {
            const mark = await file.slice(0, markByteCount).text();
            if (!mark.includes("%PDF-")) throw new Problem({ code: "notAPDF" });
            const signal = progress.begin("sendingFile");
            const onProgress = (part) => progress.advance(part);
            sent.set(file, (await upload(file, intention, { onProgress, signal })).file_id);
        }
        if (file) progress.finish("sendingText");
        try {
            return await sendText(file && sent.get(file));
        } catch (problem) {
            // The server removes files that nothing names for long: send it again.
            if (problem.code === "noSuchFile") sent.delete(file);
            throw problem;
        }
    };
}

/** What a submission says at present, for who must choose between it and an own text. */
function textsOf(present) {
    const authors = present.authors.map(({ fullname, email }) => `${fullname} (${email})`);
    return [
        ["field.title", present.title], ["field.summary", present.summary],
        ["field.topics", (present.topics ?? []).join(", ")],
        ["field.authors", authors.join(", ")], ["field.file", download(present)],
    ];
}
