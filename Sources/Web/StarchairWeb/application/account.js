import { ask, change, signIn } from "./api.js";
import { button, element, link } from "./elements.js";
import { checkAddress, field, passwordField } from "./fields.js";
import { form } from "./form.js";
import { go, redraw, session } from "./page.js";
import { phrase } from "./text.js";

const placesForVisitors = ["#/signin", "#/register"];

/** Signs somebody in and goes on where they wanted to go. */
export function signInView({ isDemanded = false } = {}) {
    const { node } = form({
        submitKey: "signIn",
        fields: [
            field("username", { required: true, autocomplete: "username", autocapitalize: "none" }),
            passwordField({ autocomplete: "current-password" }),
        ],
        async send({ username, password }) {
            const account = await signIn("user/login", { username, password });
            return () => {
                session.set(account);
                if (placesForVisitors.includes(location.hash)) go("#/");
                else redraw();
            };
        },
    });
    const register = element("p", {}, phrase("noAccount"), " ", link("#/register", "register"));
    const demand = isDemanded && element("p", {}, phrase("pleaseSignIn"));
    return { title: ["signIn"], content: [demand, node, register] };
}

/** Opens an account. */
export function registerView() {
    const { node } = form({
        submitKey: "register", keepsText: true,
        fields: [
            field("fullname", { required: true, length: [1, 200], autocomplete: "name" }),
            field("email", {
                type: "email", required: true, autocomplete: "email", check: checkAddress,
                note: ["note.email"],
            }),
            field("company", { length: [0, 200], autocomplete: "organization" }),
            field("area", { length: [0, 200] }),
            field("username", {
                required: true, length: [2, 64], autocomplete: "username", autocapitalize: "none",
                note: ["note.username"], check: checkUsername,
            }),
            passwordField({
                autocomplete: "new-password", length: [8, 256], note: ["note.password"],
            }),
        ],
        async send(values, { intention }) {
            const { email } = await change("user/register", values, intention);
            return () => go("#/signin", "registered", { email });
        },
    });
    const signIn = element("p", {}, phrase("haveAccount"), " ", link("#/signin", "signIn"));
    return { title: ["register"], content: [node, signIn] };
}

function checkUsername(value) {
    return /^[A-Za-z0-9._-]+$/.test(value) ? undefined : "check.username";
}

/** Asks for a click first: what reads letters for a person may open their links, and run this. */
export function tokenView(purpose, use) {
    const useOnce = ({ currentTarget }) => {
        if (currentTarget.hasAttribute("aria-disabled")) return;
        currentTarget.setAttribute("aria-disabled", "true");
        use();
    };
    return { title: [`${purpose}.title`], content: [
        element("p", { class: "lead" }, phrase(`${purpose}.lead`)),
        element("div", { class: "actions" }, button(purpose, useOnce, { class: "primary" })),
    ] };
}

/** Confirms an address by the token of a letter's link. */
export async function verify(token, intention) {
    await change("user/verify", { token }, intention);
    await session.refresh();
    go(session.account ? "#/" : "#/signin", "verified");
}

/** Signs the administrator in by the token of a link that works once. */
export async function signInAsAdministrator(token) {
    session.set(await signIn("user/redeemLink", { token }));
    go("#/administration", "administratorSignedIn");
}

/** Ends the session. */
export async function signOut() {
    await ask("user/logout");
    session.set(null);
    go("#/", "signedOut");
}

/** What an account without a confirmed address is told; null for others. */
export function addressReminder({ email, verified }) {
    if (verified) return null;
    const words = email ? phrase("unverified", { email }) : phrase("noAddress");
    return element("p", { class: "reminder" }, words);
}
