import { change, Intention, Problem } from "./api.js";
import { button, element, link, problemText } from "./elements.js";
import { isDirty, mayLeave, redraw, redrawAfter } from "./page.js";
import { phrase, text } from "./text.js";

/** Answers that say that something is no longer as the reader saw it. */
const refusalStatuses = [403, 404, 409, 410, 412];

/**
 * A part of a page that is drawn anew after each change in it; waits for the first drawing.
 *
 * `draw` gets the part and makes its content. The words on how a change went stand above it and
 * stay when it is drawn anew.
 */
export async function part(draw, attributes = {}) {
    const words = element("div", { role: "status", class: "words" });
    const failure = element("div", { role: "alert", class: "failure" });
    const body = element("div", {});
    const self = {
        node: element("section", { tabindex: "-1", ...attributes }, words, failure, body),
        refresh, say, fail, button: (key, options) => changeButton(self, key, options),
    };

    /** Draws the content anew. */
    async function refresh() {
        const content = await draw(self);
        body.replaceChildren(...[content].flat(2).filter(Boolean));
    }

    /** Says that something was done. */
    function say(key, parameters) {
        failure.replaceChildren();
        words.replaceChildren(...(key ? [phrase(key, parameters)] : []));
    }

    /** Says what went wrong. */
    function fail(problem) {
        words.replaceChildren();
        failure.replaceChildren(...problemContent(problem));
    }

    await refresh();
    return self;
}

/** A problem in words, and where it helps, a way to sign in that loses nothing on the page. */
export function problemContent(problem) {
    if (!problem.code) throw problem;
    return [
        element("p", {}, problemText(problem)),
        problem.code === "signInRequired"
            && link("#/signin", "signInElsewhere", { target: "_blank" }),
    ].filter(Boolean);
}

/**
 * A button that changes something by `path` and `body`, which may be a function.
 *
 * `question` is asked first. Afterwards the part is drawn anew, or with `isWhole` the page, and the
 * words of `doneKey` are said; `done` hears the answer before. `about` names the thing for those
 * who hear the button alone.
 */
function changeButton(self, key, options) {
    const {
        path, body = {}, question, parameters = {}, doneKey, done, isWhole, about, ...attributes
    } = options;
    const intention = new Intention();
    const label = about && (() => `${text(key, parameters)}: ${about}`);
    return button(key, async ({ currentTarget }) => {
        if (currentTarget.hasAttribute("aria-disabled")) return;
        if (isWhole && !mayLeave()) return;
        if (question && !confirm(text(question, parameters))) return;
        currentTarget.setAttribute("aria-disabled", "true");
        self.say();
        try {
            const content = typeof body === "function" ? body() : body;
            await finish(await change(path, content, intention));
        } catch (problem) {
            await refuse(problem);
        }
        currentTarget.removeAttribute("aria-disabled");
    }, { ...attributes, "aria-label": label });

    async function finish(answer) {
        await done?.(answer);
        if (isWhole) return redraw(doneKey, parameters);
        await self.refresh();
        self.say(doneKey, parameters);
        self.node.focus({ preventScroll: true });
    }

    /** Says why not, and shows what is true now. */
    async function refuse(refusal) {
        if (!refusalStatuses.includes(refusal.status)) return self.fail(refusal);
        // There is no text to compare: what is true now is seen.
        const problem = refusal.code === "versionConflict"
            ? new Problem({ code: "changedMeanwhile" }) : refusal;
        if (isWhole && !isDirty()) return redrawAfter(problem);
        try {
            if (!isWhole) await self.refresh();
        } catch (secondProblem) {
            if (!secondProblem.code) throw secondProblem;
        }
        self.fail(problem);
        self.node.focus({ preventScroll: true });
    }
}
