/** Milliseconds without typing after which a text is sent. */
const restAfterTyping = 1_500;
/** Milliseconds after which it is sent however much is typed. */
const delayMaximum = 10_000;
/** Milliseconds between attempts that failed. */
const retryPauses = [2_000, 5_000, 15_000, 30_000];

/**
 * Keeps a text on the server while it is written: one save at a time, the newest text last.
 *
 * `read` gives the text at present, `send` saves one under a version and answers with the next
 * version, `present` reads what the server has: `{ text, version }`. `show` hears how it stands:
 * "clean", "unsaved", "saving", "saved", "failed" with a problem, or "conflict" with what the
 * server has when somebody else changed it; then nothing is sent until ``resolve``.
 */
export class Keeper {
    #options;
    #saved;
    #sent = [];
    #timer;
    #unsavedSince;
    #running;
    #failureCount = 0;
    #isHeld = false;

    constructor(version, options) {
        this.version = version;
        this.#options = options;
        this.#saved = fingerprint(options.read());
    }

    /** Whether the text at present is on the server. */
    get isSaved() {
        return fingerprint(this.#options.read()) === this.#saved;
    }

    /** Says that something was typed. */
    touch() {
        if (this.#isHeld) return;
        if (this.isSaved) {
            clearTimeout(this.#timer);
            if (!this.#running) this.#options.show("clean");
            return;
        }
        this.#unsavedSince ??= Date.now();
        if (!this.#running) this.#options.show("unsaved");
        const left = this.#unsavedSince + delayMaximum - Date.now();
        this.#schedule(Math.max(0, Math.min(restAfterTyping, left)));
    }

    /** Saves what is not saved, now. */
    async flush() {
        clearTimeout(this.#timer);
        await this.#running;
        if (!this.#isHeld && !this.isSaved) await this.#start();
    }

    /** Stops saving by itself, and waits for what is on its way. */
    async hold() {
        clearTimeout(this.#timer);
        this.#isHeld = true;
        await this.#running;
    }

    /** Saves by itself again after ``hold``; of `sent` it is not known whether it arrived. */
    release(sent) {
        this.#sent.push(fingerprint(sent));
        this.#isHeld = false;
        this.touch();
    }

    /** Whether a text is one that this page sent and of which it heard nothing. */
    isOwn(text) {
        return this.#sent.includes(fingerprint(text));
    }

    /** Saves by itself again, from the version that the server is known to have. */
    resolve({ version, text }) {
        this.version = version;
        if (text) this.#saved = fingerprint(text);
        this.#sent = [];
        this.#isHeld = false;
        this.#unsavedSince = undefined;
        this.touch();
    }

    #schedule(pause) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#start(), pause);
    }

    #start() {
        this.#running ??= this.#save().finally(() => {
            this.#running = undefined;
            if (!this.#isHeld && !this.isSaved && this.#failureCount === 0) this.touch();
        });
        return this.#running;
    }

    async #save() {
        if (!this.#options.isShown() || this.isSaved) return;
        const text = this.#options.read();
        this.#unsavedSince = undefined;
        this.#options.show("saving");
        this.#sent.push(fingerprint(text));
        try {
            this.version = await this.#options.send(text, this.version);
            this.#saved = fingerprint(text);
            this.#sent = [];
            this.#failureCount = 0;
            this.#options.show(this.isSaved ? "saved" : "unsaved");
        } catch (problem) {
            if (!problem.code) throw problem;
            await this.#recover(problem);
        }
    }

    async #recover(problem) {
        if (problem.code !== "versionConflict") return this.#fail(problem);
        let present;
        try {
            present = await this.#options.present();
        } catch (secondProblem) {
            return this.#fail(secondProblem);
        }
        if (this.isOwn(present.text)) {
            // The answer was lost, the text was not.
            this.#failureCount = 0;
            this.#sent = [];
            this.version = present.version;
            this.#saved = fingerprint(present.text);
            return this.#options.show(this.isSaved ? "saved" : "unsaved");
        }
        this.#isHeld = true;
        this.#options.show("conflict", present);
    }

    #fail(problem) {
        const pause = retryPauses[Math.min(this.#failureCount, retryPauses.length - 1)];
        this.#failureCount += 1;
        this.#options.show("failed", problem);
        if (problem.isUncertain || problem.code === "signInRequired") this.#schedule(pause);
    }
}

function fingerprint(text) {
    return JSON.stringify(Object.entries(text).map(([name, value]) => [name, value ?? null]));
}
