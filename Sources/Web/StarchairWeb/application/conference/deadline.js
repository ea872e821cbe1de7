import { change } from "../api.js";
import { element } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { redraw } from "../page.js";
import { phrase } from "../text.js";

/** States in which a conference still waits for its deadline. */
const states = ["approved", "submitting"];

/** For a chair: sets when submissions close; nothing once they have closed. */
export function deadlinePart({ id, status, stopSubmittingTime }) {
    if (!states.includes(status)) return null;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { node } = form({
        submitKey: "setDeadline",
        fields: [field("stopSubmittingTime", {
            type: "datetime-local", note: ["note.deadline", { zone }],
            value: stopSubmittingTime ? localTime(stopSubmittingTime) : "",
        })],
        async send({ stopSubmittingTime: moment }, { intention }) {
            await change(`conference/changeDeadline/${id}`,
                { stopSubmittingTime: moment }, intention);
            return () => redraw("deadlineSet");
        },
    });
    return element("section", {}, element("h2", { class: "part" }, phrase("deadline")), node);
}

/** A moment as an input for local times has it. */
function localTime(moment) {
    const date = new Date(moment);
    date.setMinutes(date.getMinutes() - date.getTimezoneOffset());
    return date.toISOString().slice(0, 16);
}
