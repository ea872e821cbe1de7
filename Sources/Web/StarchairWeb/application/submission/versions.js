import { button, element } from "../elements.js";
import { redraw, setDirty } from "../page.js";
import { phrase } from "../text.js";

/**
 * Shows beside what the reader wrote what somebody else wrote meanwhile, and lets the reader
 * choose. `theirs` are pairs of a label's key and a text or a node; `keep` makes the reader's text
 * the next version, `take` the other one, by default by drawing the page anew.
 */
export function chooseVersion(place, { theirs, keep, take }) {
    const form = place.closest("form");
    setDirty(form, true);
    const facts = theirs.filter(([, value]) => value);
    place.replaceChildren(
        element("p", {}, phrase("problem.versionConflict")),
        element("details", { open: true },
            element("summary", {}, phrase("conflictPresent")),
            element("dl", {}, facts.map(([key, value]) => element("div", {},
                element("dt", {}, phrase(key)), element("dd", {}, value))))),
        element("div", { class: "actions" },
            button("conflictTake", () => {
                if (take) return take();
                setDirty(form, false);
                redraw("conflictTaken");
            }),
            button("conflictKeep", () => {
                keep();
                place.replaceChildren(element("p", {}, phrase("conflictKept")));
                form.querySelector("[type=submit]").focus();
            })));
}
