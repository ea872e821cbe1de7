import { addressReminder } from "../account.js";
import { change } from "../api.js";
import { element } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { go, signedIn } from "../page.js";
import { selectField } from "../selection.js";
import { phrase } from "../text.js";

const topicCountMaximum = 100;
const topicLengthMaximum = 100;
const anonymities = ["doubleBlind", "singleBlind", "tripleBlind", "open"];
/** The numbers among a conference's rules: the least, the most and the usual value. */
const numbers = {
    committeeSizeMinimum: [0, 100, 3], reviewersPerSubmission: [1, 20, 3],
    loadMaximum: [1, 1000, 20],
};

/** Proposes a conference. */
export function proposeView() {
    const account = signedIn();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const moment = (name) => field(name, { type: "datetime-local", note: ["note.zone", { zone }] });
    const { node } = form({
        submitKey: "propose", keepsText: true,
        fields: [
            field("shortenForm", { required: true, length: [2, 40], note: ["note.shortenForm"] }),
            field("fullName", { required: true, length: [2, 300] }),
            field("location", { length: [0, 200] }),
            moment("stopSubmittingTime"), moment("publishingTime"), moment("startTime"),
            field("topics", { rows: 4, note: ["note.topics"], check: checkTopics }),
            selectField("anonymity", anonymities.map((value) => [value, `anonymity.${value}`]),
                { value: "doubleBlind", note: "note.anonymity" }),
            ...Object.keys(numbers).map(numberField),
        ],
        async send({ topics, anonymity, ...values }, { intention }) {
            const settings = { anonymity };
            for (const name of Object.keys(numbers)) {
                settings[name] = Number(values[name]);
                delete values[name];
            }
            const body = { ...values, topics: lines(topics), settings };
            await change("conference/createConference", body, intention);
            return () => go("#/chaired", "proposed");
        },
    });
    return { title: ["propose"], content: [
        addressReminder(account) ?? element("div", {},
            element("p", { class: "lead" }, phrase("proposeLead")), node),
    ] };
}

function numberField(name) {
    const [min, max, usual] = numbers[name];
    return field(name, {
        type: "number", min, max, step: 1, required: true, value: String(usual),
        inputmode: "numeric", note: [`note.${name}`],
        check: (value) => (/^\d+$/.test(value) && value >= min && value <= max
            ? undefined : `check.${name}`),
    });
}

function checkTopics(value) {
    const topics = lines(value);
    const isFine = topics.length <= topicCountMaximum
        && topics.every((topic) => [...topic].length <= topicLengthMaximum);
    return isFine ? undefined : "check.topics";
}

function lines(value = "") {
    return [...new Set(value.split("\n").map((line) => line.trim()).filter(Boolean))];
}
