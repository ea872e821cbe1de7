/** Milliseconds after which an answer is no longer waited for; the server gives up at 20 s. */
const answerTimeout = 30_000;
/** How often a busy server is asked again before a person is. */
const repetitionCountMaximum = 2;
/** Seconds to wait before asking again, whatever the server asks for. */
const pauseMaximum = 5;

/** Why something did not work: a code, for which the page has a text, and parameters. */
export class Problem extends Error {
    constructor({ code, title = code, status = 0, parameters = {} }, retryAfter = 1) {
        super(title);
        Object.assign(this, { code, title, status, parameters, retryAfter });
    }

    /** Whether it may have worked all the same, or may work in a moment. */
    get isUncertain() {
        return this.code === "unreachable" || this.status === 503 || this.status === 504;
    }
}

/**
 * What a person wants done once. It has one name (`Idempotency-Key`) for as long as it is not
 * known whether it was done, so that asking again with the same content does it once.
 */
export class Intention {
    #content;
    #key;

    /** The name for this content. */
    key(content) {
        const text = JSON.stringify(content);
        if (text !== this.#content) {
            this.#content = text;
            this.#key = randomKey();
        }
        return this.#key;
    }

    /** Does it, and forgets the name when the answer is definite. */
    async pursue(content, act) {
        const key = this.key(content);
        try {
            const answer = await act(key);
            this.#content = undefined;
            return answer;
        } catch (problem) {
            if (!problem.isUncertain) this.#content = undefined;
            throw problem;
        }
    }
}

/** Reads something. */
export function get(path, query = {}) {
    return patiently(() => send(path, query, { method: "GET" }));
}

/** Asks for something that leaves no trace, by POST. */
export function ask(path, body = {}, query = {}) {
    return patiently(() => send(path, query, json(body)));
}

/** Sends a sign-in: never repeated without a person's wish. */
export function signIn(path, body) {
    return send(path, {}, json(body));
}

/** Changes something; `version` is the one that the change was made from. */
export function change(path, body, intention, version) {
    return intention.pursue({ path, body, version }, (key) => {
        const headers = { "Idempotency-Key": key };
        if (version !== undefined) headers["If-Match"] = `"${version}"`;
        return patiently(() => send(path, {}, json(body, headers)));
    });
}

/** Sends a file; `onProgress` hears the part that was sent, from 0 to 1. */
export function upload(file, intention, { onProgress, signal }) {
    const content = [file.name, file.size, file.lastModified];
    return intention.pursue(content, (key) => new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
        request.onload = () => {
            const retryAfter = request.getResponseHeader("Retry-After");
            try {
                resolve(answer(request.status, request.responseText, retryAfter));
            } catch (problem) {
                reject(problem);
            }
        };
        request.onerror = () => reject(new Problem({ code: "unreachable" }));
        request.onabort = () => reject(new Problem({ code: "cancelled" }));
        signal.addEventListener("abort", () => request.abort(), { once: true });
        request.open("POST", "/api/draft/upload");
        request.setRequestHeader("Idempotency-Key", key);
        const body = new FormData();
        body.append("file", file, file.name);
        request.send(body);
    }));
}

function json(body, headers = {}) {
    return {
        method: "POST", body: JSON.stringify(body),
        headers: { "Content-Type": "application/json", ...headers },
    };
}

async function send(path, query, options) {
    const wanted = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = wanted.length > 0 ? `?${new URLSearchParams(wanted)}` : "";
    let response, body;
    try {
        const signal = AbortSignal.timeout(answerTimeout);
        response = await fetch(`/api/${path}${search}`, { ...options, signal });
        body = await response.text();
    } catch (error) {
        throw new Problem({ code: "unreachable", title: error.message });
    }
    return answer(response.status, body, response.headers.get("Retry-After"));
}

/** The data of an answer; what is not the service's own JSON came from something before it. */
function answer(status, body, retryAfter) {
    let value;
    try {
        value = JSON.parse(body);
    } catch {
        value = null;
    }
    if (status >= 200 && status < 300 && value?.code === 0) return value.data;
    const code = typeof value?.code === "string" ? value.code
        : status >= 502 && status <= 504 ? "unavailable" : "failed";
    throw new Problem({ ...value, code, status }, Number(retryAfter) || 1);
}

/** Asks again when the server says that it is only busy. */
async function patiently(act) {
    for (let repetition = 0; ; repetition += 1) {
        try {
            return await act();
        } catch (problem) {
            if (problem.status !== 503 || repetition === repetitionCountMaximum) throw problem;
            const pause = Math.min(problem.retryAfter, pauseMaximum) * 1000;
            await new Promise((resolve) => { setTimeout(resolve, pause); });
        }
    }
}

/** 128 random bits; `crypto.randomUUID` is missing where the page came by plain HTTP. */
function randomKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
