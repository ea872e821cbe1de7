import { ask, change } from "../api.js";
import { element, pagedList, standing, time } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { part } from "../part.js";
import { phrase } from "../text.js";

const pageLength = 20;

/** The invitations that the reader received, to be accepted or declined. */
export async function receivedPart(afterChange) {
    const list = await part(async (self) => [
        element("h2", { class: "part" }, phrase("receivedInvitations")),
        await pagedList((after) => ask("invitation/received", {}, { after, limit: pageLength }),
            (item) => row(self, item, afterChange), "noneReceived"),
    ]);
    return list;
}

function row(self, invitation, afterChange) {
    const { id, confId, shortenForm, role, status, message, created } = invitation;
    return [
        element("div", { class: "row-head" },
            element("h3", {}, element("a", { href: `#/conference/${confId}` }, shortenForm)),
            standing("invitation", status)),
        element("p", { class: "byline" }, phrase(`asRole.${role}`), time(created)),
        message && element("p", { class: "prose" }, message),
        status === "pending" && element("div", {},
            element("div", { class: "actions small" }, self.button("accept", {
                path: `invitation/approve/${id}`, class: "primary", about: shortenForm,
                parameters: { name: shortenForm }, doneKey: "invitationIsAccepted",
                done: afterChange,
            })),
            declineForm(self, invitation)),
    ].filter(Boolean);
}

function declineForm(self, { id, shortenForm }) {
    const { node } = form({
        submitKey: "decline", keepsText: true,
        fields: [field("reason", { rows: 2, length: [0, 1000], note: ["note.declining"] })],
        async send({ reason }, { intention }) {
            await change(`invitation/reject/${id}`, { reason }, intention);
            await self.refresh();
            return () => self.say("invitationIsDeclined", { name: shortenForm });
        },
    });
    return element("details", {}, element("summary", {}, phrase("declineInvitation")), node);
}
