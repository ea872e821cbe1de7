import { addressReminder } from "./account.js";
import { ask, get } from "./api.js";
import { facts } from "./conference/facts.js";
import { element, link, pagedList, standing } from "./elements.js";
import { session, signedIn } from "./page.js";
import { part } from "./part.js";
import { phrase } from "./text.js";

const pageLength = 20;

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

/** A list of the conferences whose committee the reader is in. */
export function servedConferences() {
    return pagedList(
        (after) => ask("conference/attendAsPc", {}, { after, limit: pageLength }),
        servedSummary, "noServed");
}

/** The conferences that wait for an administrator. */
export async function administrationView() {
    signedIn();
    const list = await pagedList(
        (after) => get("conference/getUncheckedConference", { after, limit: pageLength }),
        async (conference) => [...summary(conference), await judgement(conference)], "noProposed");
    return { title: ["administration"], content: [
        element("p", { class: "lead" }, phrase("administrationLead")), list,
    ] };
}

/** A conference in a list. */
function summary(conference, level = "h2") {
    const { id, shortenForm, fullName, status } = conference;
    return [
        element("div", { class: "row-head" },
            element(level, {}, element("a", { href: `#/conference/${id}` }, shortenForm)),
            standing("conference", status)),
        element("p", {}, fullName), facts(conference),
    ];
}

function servedSummary(conference) {
    const { id, status } = conference;
    return [
        ...summary(conference, "h3"),
        status === "bidding" && element("p", { class: "links" },
            link(`#/conference/${id}/bidding`, "toBidding")),
    ].filter(Boolean);
}

/** An administrator's choice about a proposed conference. */
async function judgement({ id, shortenForm }) {
    const options = { parameters: { name: shortenForm }, about: shortenForm, isWhole: true };
    const { node } = await part((self) => element("div", { class: "actions" },
        self.button("approve", {
            path: `conference/approveConference/${id}`, doneKey: "approved", class: "primary",
            ...options,
        }),
        self.button("refuse", {
            path: `conference/rejectConference/${id}`, doneKey: "refused",
            question: "refuseQuestion", ...options,
        })));
    return node;
}
