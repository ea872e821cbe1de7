import { addressReminder } from "./account.js";
import { ask, change, get, Intention } from "./api.js";
import { button, element, link, pagedList, problemText, standing, time } from "./elements.js";
import { field } from "./fields.js";
import { form } from "./form.js";
import { go, redraw, session, signedIn } from "./page.js";
import { submissionsOf } from "./submissions.js";
import { phrase, text } from "./text.js";

const pageLength = 20;
const topicCountMaximum = 100;
const topicLengthMaximum = 100;

/** The conferences that everybody may know of. */
export async function conferencesView() {
    const list = await pagedList(
        (after) => get("conference/getAcceptConference", { after, limit: pageLength }),
        summary, "noConferences");
    const welcome = !session.account && element("p", { class: "lead" }, phrase("welcome"));
    return { title: ["conferences"], content: [welcome, list] };
}

/** The conferences that the reader chairs. */
export async function chairedView() {
    const account = signedIn();
    const list = await pagedList(
        (after) => ask("conference/attendAsChairman", {}, { after, limit: pageLength }),
        summary, "noChaired");
    const propose = account.verified
        ? element("p", {}, link("#/propose", "propose", { class: "button" }))
        : addressReminder(account);
    return { title: ["chaired"], content: [propose, list] };
}

/** The conferences that wait for an administrator. */
export async function administrationView() {
    signedIn();
    const list = await pagedList(
        (after) => get("conference/getUncheckedConference", { after, limit: pageLength }),
        (conference) => [...summary(conference), judgement(conference)], "noProposed");
    return { title: ["administration"], content: [
        element("p", { class: "lead" }, phrase("administrationLead")), list,
    ] };
}

/** One conference; its chairs also see its submissions and may open and close it. */
export async function conferenceView(id) {
    const conference = await get(`conference/getConferenceById/${encodeURIComponent(id)}`);
    const { fullName, topics, status } = conference;
    const isChair = conference.chairman.includes(session.account?.id);
    return { title: ["verbatim", { text: conference.shortenForm }], content: [
        element("p", { class: "lead" }, fullName),
        element("p", {}, standing("conference", status)), facts(conference),
        topics.length > 0 && element("p", {}, phrase("topicsAre", { topics: topics.join(", ") })),
        actions(
            status === "submitting" && submitLink(id, isChair),
            isChair && stateButton(conference)),
        ...(isChair ? await chairPart(conference) : []),
    ] };
}

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
        ],
        async send({ topics, ...values }, { intention }) {
            const body = { ...values, topics: lines(topics) };
            await change("conference/createConference", body, intention);
            return () => go("#/chaired", "proposed");
        },
    });
    return { title: ["propose"], content: [addressReminder(account) ?? node] };
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

/** A conference in a list. */
function summary(conference) {
    const { id, shortenForm, fullName, status } = conference;
    return [
        element("div", { class: "row-head" },
            element("h2", {}, element("a", { href: `#/conference/${id}` }, shortenForm)),
            standing("conference", status)),
        element("p", {}, fullName), facts(conference),
    ];
}

function facts({ location, startTime, stopSubmittingTime, publishingTime }) {
    const fact = (key, value) =>
        value && element("div", {}, element("dt", {}, phrase(key)), element("dd", {}, value));
    return element("dl", { class: "facts" },
        fact("fact.location", location),
        fact("fact.stopSubmittingTime", stopSubmittingTime && time(stopSubmittingTime)),
        fact("fact.publishingTime", publishingTime && time(publishingTime, { isDay: true })),
        fact("fact.startTime", startTime && time(startTime, { isDay: true })));
}

function submitLink(id, isChair) {
    const attributes = { class: isChair ? "button" : "button primary" };
    return () => link(`#/submit/${id}`, "submitHere", attributes);
}

/** The button by which a chair opens or closes submissions; null when neither is possible. */
function stateButton({ id, status }) {
    const next = { approved: "submitting", bidding: "submitting", submitting: "bidding" }[status];
    const options = { class: next === "submitting" ? "primary" : "" };
    const path = `conference/changeStatus/${id}`;
    return next && action(`to.${next}`, path, { status: next }, `done.${next}`, options);
}

/** What only a chair sees: the submissions, once there may be some. */
async function chairPart(conference) {
    if (["proposed", "refused"].includes(conference.status)) {
        return [element("p", { class: "quiet" }, phrase(`chair.${conference.status}`))];
    }
    const heading = element("h2", { class: "part" }, phrase("submissions"));
    return [heading, await submissionsOf(conference)];
}

/** An administrator's choice about a proposed conference. */
function judgement({ id, shortenForm }) {
    const name = { name: shortenForm };
    return actions(
        action("approve", `conference/approveConference/${id}`, {}, "approved",
            { class: "primary", name }),
        action("refuse", `conference/rejectConference/${id}`, {}, "refused",
            { name, question: "refuseQuestion" }));
}

/** Buttons, and the place for what goes wrong. */
function actions(...makers) {
    const failure = element("p", { role: "alert", class: "failure" });
    const buttons = makers.filter(Boolean).map((make) => make(failure));
    if (buttons.length === 0) return null;
    return element("div", {}, failure, element("div", { class: "actions" }, buttons));
}

/** A button that changes a conference and draws the page anew. */
function action(key, path, body, doneKey, { name = {}, question, ...attributes } = {}) {
    const intention = new Intention();
    return (failure) => button(key, async ({ currentTarget }) => {
        if (currentTarget.hasAttribute("aria-disabled")) return;
        if (question && !confirm(text(question, name))) return;
        currentTarget.setAttribute("aria-disabled", "true");
        failure.replaceChildren();
        try {
            await change(path, body, intention);
            redraw(doneKey, name);
        } catch (problem) {
            failure.replaceChildren(problemText(problem));
            currentTarget.removeAttribute("aria-disabled");
        }
    }, { ...attributes, "aria-label": name.name && (() => `${text(key)}: ${name.name}`) });
}
