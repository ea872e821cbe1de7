import { Intention } from "./api.js";
import { element, link, problemText } from "./elements.js";
import { setDirty } from "./page.js";
import { phrase, text } from "./text.js";

/** Fields that a refusal is about, when it does not name one itself. */
const fieldOfCode = {
    usernameTaken: "username", addressClaimed: "email", notAPDF: "file", encryptedPDF: "file",
    fileTooLarge: "file", truncatedUpload: "file",
};

/**
 * A form.
 *
 * `fields` are its parts, `submitKey` its button. `send` gets the values, an ``Intention`` that
 * lives as long as the form, and a progress area; what it throws is shown at the field that it is
 * about, or above the button. `keepsText` asks the reader before what was typed is lost.
 */
export function form({ fields, submitKey, send, keepsText = false }) {
    const failure = element("div", { role: "alert", class: "failure" });
    const progress = progressArea();
    const intention = new Intention();
    let isBusy = false;
    const node = element("form", { novalidate: true, onsubmit: submit, oninput: touch },
        fields.map((field) => field.node), failure, progress.node,
        element("div", { class: "actions" },
            element("button", { type: "submit", class: "primary" }, phrase(submitKey))));
    return { node, failure };

    function touch() {
        if (keepsText) setDirty(node, true);
    }

    async function submit(event) {
        event.preventDefault();
        if (isBusy) return;
        failure.replaceChildren();
        const isFine = fields.map((field) => field.isFine());
        if (isFine.includes(false)) return fields[isFine.indexOf(false)].focus();
        setBusy(true);
        try {
            const values = fields.map((field) => [field.name, field.read()]);
            const finish = await send(Object.fromEntries(values), { intention, progress });
            setDirty(node, false);
            finish?.();
        } catch (problem) {
            report(problem);
        } finally {
            setBusy(false);
            progress.clear();
        }
    }

    function setBusy(value) {
        isBusy = value;
        node.setAttribute("aria-busy", value);
        node.querySelector("[type=submit]").setAttribute("aria-disabled", value);
    }

    function report(problem) {
        if (!problem.code) throw problem;
        const name = problem.parameters.field ?? fieldOfCode[problem.code];
        const field = fields.find((field) => field.name === name?.split(".")[0]);
        if (field) {
            field.complain(`problem.${problem.code}`, { field: () => text(`field.${field.name}`) });
            return field.focus();
        }
        failure.replaceChildren(element("p", {}, problemText(problem)));
        if (problem.code === "signInRequired") {
            // Another tab, so that what was typed here stays.
            failure.append(link("#/signin", "signInElsewhere", { target: "_blank" }));
        }
    }
}

/** Shows how far something is; says in words only what begins, so as not to interrupt. */
function progressArea() {
    const words = element("p", { role: "status" });
    const label = () => text("progress");
    const bar = element("progress", { max: "1", hidden: true, "aria-label": label });
    const cancel = element("button", { type: "button", hidden: true }, phrase("cancel"));
    let controller;
    cancel.addEventListener("click", () => controller?.abort());
    return {
        node: element("div", { class: "progress" }, words, bar, cancel),
        /** Begins a step; answers with a signal that the reader's "cancel" sets off. */
        begin(key) {
            words.replaceChildren(phrase(key));
            bar.removeAttribute("value");
            bar.hidden = cancel.hidden = false;
            controller = new AbortController();
            return controller.signal;
        },
        /** The part that is done, from 0 to 1; when all was sent, the server is at work. */
        advance(part) {
            if (part < 1) return bar.setAttribute("value", part);
            bar.removeAttribute("value");
            words.replaceChildren(phrase("checkingFile"));
        },
        /** Begins a last step, which cannot be cancelled. */
        finish(key) {
            words.replaceChildren(phrase(key));
            bar.removeAttribute("value");
            cancel.hidden = true;
        },
        clear() {
            words.replaceChildren();
            bar.hidden = cancel.hidden = true;
        },
    };
}
