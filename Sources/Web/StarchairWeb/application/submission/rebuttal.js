import { change, get } from "../api.js";
import { element } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { redraw } from "../page.js";
import { phrase } from "../text.js";
import { chooseVersion } from "./versions.js";

/** The authors' answer to the reviews: a form for them while they may answer, a text otherwise. */
export function rebuttalPart({ id, status }, conference, process, { isAuthor }) {
    const { rebuttal, reviews } = process;
    const mayAnswer = isAuthor && conference.status === "rebuttal" && status !== "withdrawn";
    if (!mayAnswer && !rebuttal) return null;
    const isReady = reviews.length > 0 || rebuttal;
    return element("section", {},
        element("h2", { class: "part" }, phrase("rebuttal")),
        mayAnswer && !isReady && element("p", { class: "quiet" }, phrase("nothingToAnswer")),
        mayAnswer && isReady ? rebuttalForm(id, rebuttal)
            : rebuttal && element("p", { class: "prose" }, rebuttal.rebuttal));
}

function rebuttalForm(id, present) {
    let version = present?.version ?? 0;
    const part = field("rebuttal", {
        rows: 9, required: true, length: [1, 10_000], value: present?.rebuttal,
        note: ["note.rebuttal"],
    });
    const { node, failure } = form({
        submitKey: "saveRebuttal", keepsText: true, fields: [part],
        async send({ rebuttal }, { intention }) {
            const body = { draftId: id, version, rebuttal };
            try {
                await change("reviewProcess/rebuttal", body, intention);
            } catch (problem) {
                if (problem.code !== "versionConflict") throw problem;
                const fresh = await get(`reviewProcess/getReviewProcessByDraftId/${id}`);
                return () => chooseVersion(failure, {
                    theirs: [["field.rebuttal", fresh.rebuttal?.rebuttal]],
                    keep() { version = fresh.rebuttal?.version ?? 0; },
                });
            }
            return () => redraw("rebuttalIsSaved");
        },
    });
    return node;
}
