import {
    registerView, signInAsAdministrator, signInView, signOut, tokenView, verify,
} from "./account.js";
import { Intention } from "./api.js";
import { committeeView } from "./conference/committee.js";
import { conferenceView } from "./conference/overview.js";
import { proposeView } from "./conference/propose.js";
import { conferenceSubmissionsView } from "./conference/submissions.js";
import { administrationView, chairedView, conferencesView } from "./conferences.js";
import { button, element, link, problemText } from "./elements.js";
import { bell, sessionNotice } from "./inbox/bell.js";
import { showNews } from "./inbox/news.js";
import { notificationsView } from "./inbox/page.js";
import { mayLeave, session, show } from "./page.js";
import { editView, submitView } from "./paper.js";
import { biddingView } from "./review/bidding.js";
import { reviewingView } from "./review/reviewing.js";
import { submissionView } from "./submission/page.js";
import { ownSubmissionsView } from "./submissions.js";
import { chooseLanguage, currentLanguage, follow, languages, phrase, text } from "./text.js";

const places = [
    [/^#?\/?$/, conferencesView],
    [/^#\/signin$/, signInView],
    [/^#\/register$/, registerView],
    [/^#\/submissions$/, ownSubmissionsView],
    [/^#\/submit\/([\w-]+)$/, submitView],
    [/^#\/edit\/([\w-]+)$/, editView],
    [/^#\/chaired$/, chairedView],
    [/^#\/propose$/, proposeView],
    [/^#\/conference\/([\w-]+)$/, conferenceView],
    [/^#\/conference\/([\w-]+)\/committee$/, committeeView],
    [/^#\/conference\/([\w-]+)\/submissions$/, conferenceSubmissionsView],
    [/^#\/conference\/([\w-]+)\/bidding$/, biddingView],
    [/^#\/submission\/([\w-]+)$/, submissionView],
    [/^#\/reviewing$/, reviewingView],
    [/^#\/notifications$/, notificationsView],
    [/^#\/administration$/, administrationView],
];

const main = document.querySelector("#main");
let isSessionKnown = false;
let drawingCount = 0;
let shownCount = 0;
let shownHash = location.hash;

/** Makes a view and shows it, unless another was asked for meanwhile. */
async function draw(makeView) {
    const drawing = drawingCount += 1;
    main.setAttribute("aria-busy", "true");
    let view;
    try {
        if (!isSessionKnown) await session.refresh();
        isSessionKnown = true;
        view = await makeView();
    } catch (problem) {
        view = failureView(problem, () => draw(makeView));
    }
    if (drawing !== drawingCount || !view) return;
    show(view, { isFirst: shownCount === 0 });
    shownCount += 1;
    markPlace();
}

/** What is shown when a view cannot be made. */
function failureView(problem, retry) {
    if (!problem.code) throw problem;
    if (problem.code === "signInRequired") {
        session.set(null);
        return signInView({ isDemanded: true });
    }
    return { title: ["failed"], content: [
        element("p", { role: "alert" }, problemText(problem)),
        problem.isUncertain && button("retry", retry, { class: "primary" }),
        problem.code === "invalidLink" && !session.account && link("#/signin", "signIn"),
    ] };
}

/** The view of the address. */
function viewMaker() {
    const token = /^#(verify|administrator)=([\w-]+)$/.exec(location.hash);
    if (token) return () => tokenView(token[1], () => useToken(token[1], token[2]));
    for (const [pattern, view] of places) {
        const match = pattern.exec(location.hash);
        if (match) return () => view(...match.slice(1));
    }
    return () => ({ title: ["nowhere"], content: [link("#/", "conferences")] });
}

/** Sends the token of a letter's link, which then does not stay in the address. */
function useToken(purpose, token) {
    history.replaceState(null, "", "#/");
    shownHash = "#/";
    const intention = new Intention();
    draw(purpose === "verify"
        ? () => verify(token, intention) : () => signInAsAdministrator(token));
}

function markPlace() {
    for (const anchor of document.querySelectorAll("#header a:not(.mark)")) {
        const isHere = anchor.hash === (location.hash || "#/");
        anchor.toggleAttribute("aria-current", false);
        if (isHere) anchor.setAttribute("aria-current", "page");
    }
}

function drawHeader() {
    const { account } = session;
    const items = account ? [
        ["#/", "conferences"], ["#/submissions", "ownSubmissions"],
        ["#/reviewing", "reviewing"], ["#/chaired", "chaired"],
        ...(account.admin ? [["#/administration", "administration"]] : []),
    ] : [["#/", "conferences"], ["#/signin", "signIn"], ["#/register", "register"]];
    document.querySelector("#header").replaceChildren(...[
        element("a", { class: "mark", href: "#/" },
            element("img", { src: "/icon.svg", alt: "", width: 28, height: 28 }), "Starchair"),
        account && element("div", { class: "account" },
            bell(), element("span", {}, account.fullname), button("signOut", leave)),
        element("nav", { "aria-label": () => text("navigation") },
            element("ul", {}, items.map(([href, key]) => element("li", {}, link(href, key))))),
    ].filter(Boolean));
    markPlace();
}

function leave() {
    if (!mayLeave()) return;
    for (const form of document.querySelectorAll("form")) form.removeAttribute("data-dirty");
    draw(signOut);
}

function drawFrame() {
    document.querySelector("#skip").append(phrase("skip"));
    const other = () => Object.keys(languages).find((code) => code !== currentLanguage());
    const language = element("button", {
        type: "button", id: "language", lang: () => languages[other()].tag,
        onclick: () => chooseLanguage(other()),
    });
    follow(language, () => { language.textContent = languages[other()].name; });
    const manual = element("a", { href: () => text("manualPlace") }, phrase("manual"));
    document.querySelector("#footer").append(element("p", {}, phrase("about")), manual, language);
    document.documentElement.lang = languages[currentLanguage()].tag;
    drawHeader();
}

addEventListener("hashchange", () => {
    if (location.hash === shownHash) return;
    if (!mayLeave()) return history.pushState(null, "", shownHash || "#/");
    shownHash = location.hash;
    draw(viewMaker());
});

addEventListener("click", (event) => {
    const anchor = event.target.closest("a[href^='#']");
    if (!anchor || anchor.target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (anchor.id === "skip") {
        event.preventDefault();
        main.focus();
    } else if (anchor.hash === location.hash && mayLeave()) {
        draw(viewMaker());
    }
});

// The letter's link may have been opened in another tab.
addEventListener("focus", async () => {
    if (!session.account || session.account.verified || document.querySelector("form")) return;
    await session.refresh();
    if (session.account?.verified) draw(viewMaker());
});

document.addEventListener("accountchange", drawHeader);
document.addEventListener("sessionover", () => {
    const notice = sessionNotice();
    document.querySelector("#notice").replaceChildren(notice);
    // The reader may have signed in in another tab; what was typed in this one stays.
    addEventListener("focus", async function listen() {
        await session.refresh();
        if (!session.account) return;
        removeEventListener("focus", listen);
        notice.remove();
    });
});
showNews(document.querySelector("#news"));
document.addEventListener("redraw", () => draw(viewMaker()));
drawFrame();
draw(viewMaker());
