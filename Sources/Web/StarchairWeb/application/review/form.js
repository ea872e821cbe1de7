import { change, get, Intention } from "../api.js";
import { element } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { redraw, setDirty } from "../page.js";
import { problemContent } from "../part.js";
import { radioField } from "../selection.js";
import { chooseVersion } from "../submission/versions.js";
import { clock, phrase } from "../text.js";
import { Keeper } from "./keeper.js";

const scores = [2, 1, -1, -2];
const confidences = [1, 2, 3, 4, 5];
const path = "reviewProcess/score";

/** The form for the reader's own review; what is typed is kept on the server as a draft. */
export function reviewForm({ id }, own, state) {
    const fields = {
        score: radioField("score", scores,
            { value: own?.score, required: true, word: (value) => `score.${value}` }),
        confidence: radioField("confidence", confidences,
            { value: own?.confidence, required: true, word: (value) => `confidence.${value}` }),
        comment: field("comment", {
            rows: 12, required: true, length: [1, 20_000], value: own?.comment,
            note: ["note.comment"],
        }),
        remarks: field("remarks", {
            rows: 5, length: [0, 20_000], value: own?.remarks, note: ["note.remarks"],
        }),
    };
    const status = element("p", { class: "note keeping", role: "status" });
    const trouble = element("div", { role: "alert", class: "failure" });
    const earlier = element("div", {});
    const note = element("p", { class: "note" }, phrase(introduction(own, state)));
    const { node } = form({
        submitKey: own?.status === "confirmed" ? "confirmAgain" : "confirmReview",
        fields: [...Object.values(fields), {
            name: "keeping", node: element("div", {}, status, trouble), read() {},
            isFine: () => true,
        }],
        send: (values, { intention }) => confirm(values, intention),
    });
    const keeping = new Intention();
    const keeper = new Keeper(own?.version ?? 0, {
        read: () => textOf(Object.fromEntries(
            Object.values(fields).map((part) => [part.name, part.read()]))),
        send: async (text, version) =>
            (await change(path, body(text, version, false), keeping)).version,
        present: () => presentText(id),
        isShown: () => node.isConnected,
        show,
    });
    node.addEventListener("input", () => keeper.touch());
    watch(node, keeper);
    return element("div", {}, note, node, earlier);

    function body(text, version, isConfirmed) {
        return { draftId: id, version, confirm: isConfirmed, ...text };
    }

    async function confirm(values, intention) {
        await keeper.hold();
        const text = textOf(values);
        try {
            const present = await sendConfirmed(text, intention);
            return present ? () => show("conflict", present)
                : () => redraw("reviewIsConfirmed");
        } catch (problem) {
            keeper.release(text);
            throw problem;
        }
    }

    /** Confirms a text; answers with what the server has when that was written elsewhere. */
    async function sendConfirmed(text, intention) {
        try {
            await change(path, body(text, keeper.version, true), intention);
        } catch (problem) {
            if (problem.code !== "versionConflict") throw problem;
            const present = await presentText(id);
            if (!keeper.isOwn(present.text)) return present;
            keeper.version = present.version;
            await change(path, body(text, keeper.version, true), intention);
        }
        return null;
    }

    function show(standing, detail) {
        setDirty(node, !["clean", "saved"].includes(standing));
        if (standing !== "conflict") trouble.replaceChildren();
        const saved = new Date();
        const words = standing === "saved"
            ? phrase("keeping.saved", { time: () => clock(saved) })
            : standing === "clean" ? null : phrase(`keeping.${standing}`);
        status.replaceChildren(...[words].filter(Boolean));
        if (standing === "saved") {
            note.replaceChildren(phrase(introduction({ ...own, isUnconfirmed: true }, state)));
        }
        if (standing === "failed") trouble.replaceChildren(...problemContent(detail));
        if (standing === "conflict") offer(detail);
    }

    /** Both texts are shown; of the one that is not chosen nothing is lost. */
    function offer(present) {
        const theirs = facts(present.text);
        chooseVersion(trouble, {
            theirs,
            keep: () => keeper.resolve({ version: present.version }),
            take() {
                const mine = facts(textOf(Object.fromEntries(
                    Object.values(fields).map((part) => [part.name, part.read()]))));
                earlier.replaceChildren(element("details", { open: true },
                    element("summary", {}, phrase("earlierText")),
                    element("dl", {}, mine.filter(([, value]) => value).map(([key, value]) =>
                        element("div", {}, element("dt", {}, phrase(key)),
                            element("dd", {}, value))))));
                write(fields, present.text);
                keeper.resolve(present);
                trouble.replaceChildren(element("p", {}, phrase("conflictTaken")));
            },
        });
    }
}

function write({ score, confidence, comment, remarks }, text) {
    score.write(text.score);
    confidence.write(text.confidence);
    comment.input.value = text.comment;
    remarks.input.value = text.remarks;
}

/** The parts of a review as they are sent. */
function textOf({ score, confidence, comment, remarks } = {}) {
    return { score, confidence, comment: comment ?? "", remarks: remarks ?? "" };
}

function facts({ score, confidence, comment, remarks }) {
    return [
        ["field.score", score !== undefined && phrase(`score.${score}`)],
        ["field.confidence", confidence !== undefined && phrase(`confidence.${confidence}`)],
        ["field.comment", comment], ["field.remarks", remarks],
    ];
}

/** The reader's own review as the server has it. */
async function presentText(id) {
    const { reviews } = await get(`reviewProcess/getReviewProcessByDraftId/${id}`);
    const own = reviews.find(({ version }) => version !== undefined);
    return { text: textOf(own), version: own?.version ?? 0 };
}

function introduction(own, state) {
    if (own?.status !== "confirmed") return "reviewNote";
    const note = own.isUnconfirmed ? "reviewNoteUnconfirmed" : "reviewNoteConfirmed";
    return state === "discussing" ? `${note}.discussing` : note;
}

/** Saves at once when the page may go out of sight, and when the connection is back. */
function watch(node, keeper) {
    const flush = () => {
        if (node.isConnected) return keeper.flush();
        document.removeEventListener("visibilitychange", flush);
        removeEventListener("online", flush);
        removeEventListener("focus", flush);
    };
    document.addEventListener("visibilitychange", flush);
    addEventListener("online", flush);
    addEventListener("focus", flush);
}
