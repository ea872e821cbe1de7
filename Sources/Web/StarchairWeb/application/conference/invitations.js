import { ask, change } from "../api.js";
import { element, pagedList, standing, time } from "../elements.js";
import { checkAddress, field } from "../fields.js";
import { form } from "../form.js";
import { part } from "../part.js";
import { selectField } from "../selection.js";
import { phrase } from "../text.js";

const pageLength = 20;
/** Rows that are looked through at once for those of one conference. */
const scanCount = 100;

/** For a chair: invites people by their address, and shows whom the chair has invited. */
export async function invitationsPart(conference, isGrowing) {
    const sent = await part(async (self) => [
        element("h2", { class: "part" }, phrase("sentInvitations")),
        await pagedList((after) => sentFor(conference.id, after), (item) => row(self, item),
            "noneInvited"),
    ]);
    return element("div", {}, isGrowing && invitationForm(conference, sent), sent.node);
}

/** A page of the reader's invitations to one conference, as long as there are more. */
async function sentFor(id, after) {
    const items = [];
    let next = after;
    do {
        const page = await ask("invitation/sent", {}, { after: next, limit: scanCount });
        items.push(...page.items.filter(({ confId }) => confId === id));
        next = page.next;
    } while (next && items.length < pageLength);
    return { items, next };
}

function invitationForm({ id }, sent) {
    const place = element("div", {});
    function renew() {
        const { node } = form({
            submitKey: "invite",
            fields: [
                field("email", { type: "email", required: true, check: checkAddress }),
                selectField("role", [["member", "role.member"], ["chair", "role.chair"]],
                    { value: "member" }),
                field("message", { rows: 3, length: [0, 1000], note: ["note.message"] }),
            ],
            keepsText: true,
            async send({ email, role, message }, { intention }) {
                const body = { confId: id, email, role, message };
                await change("invitation/createInvitation", body, intention);
                await sent.refresh();
                return () => {
                    renew();
                    sent.say("invitationIsSent", { email });
                };
            },
        });
        place.replaceChildren(node);
    }
    renew();
    return element("section", {}, element("h2", { class: "part" }, phrase("invitePeople")), place);
}

function row(self, { id, email, role, status, reason, created }) {
    return [
        element("h3", {}, email),
        element("p", { class: "byline" }, standing("invitation", status),
            element("span", {}, phrase(`role.${role}`)), time(created)),
        reason && element("p", { class: "prose" }, reason),
        status === "pending" && element("div", { class: "actions small" },
            self.button("withdrawInvitation", {
                path: `invitation/withdraw/${id}`, about: email,
                question: "withdrawInvitationQuestion", parameters: { email },
                doneKey: "invitationIsWithdrawn",
            })),
    ].filter(Boolean);
}
