import { element } from "../elements.js";
import { part } from "../part.js";
import { phrase } from "../text.js";

/** For a chair: assigns reviewers to all submissions at once, and says what it came to. */
export async function assignmentPart({ id, settings }, afterChange) {
    let summary = null;
    const { node } = await part((self) => [
        element("h2", { class: "part" }, phrase("assignment")),
        element("p", { class: "note" }, phrase("assignmentNote", {
            count: settings.reviewersPerSubmission, most: settings.loadMaximum,
        })),
        element("div", { class: "actions" }, self.button("assignAll", {
            path: "reviewProcess/allocDraft", body: { confId: id }, class: "primary",
            doneKey: "allAssigned",
            async done(answer) {
                summary = answer;
                await afterChange();
            },
        })),
        summary && element("dl", { class: "facts" },
            ["submissions", "assignments", "greatestLoad", "totalBid"].map((name) =>
                element("div", {}, element("dt", {}, phrase(`assigned.${name}`)),
                    element("dd", {}, String(summary[name]))))),
    ]);
    return node;
}
