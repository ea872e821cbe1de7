import { get } from "../api.js";

/** Seconds before another attempt: the first, and the most. */
const pauseFirst = 1;
const pauseMaximum = 60;
/** The close code by which the server says that the session is over. */
const sessionOver = 1008;

/**
 * Hears a person's notifications as they come, until ``stop``.
 *
 * Each has a place in the inbox, and none is told twice: a connection goes on after the last place
 * that this page heard of.
 */
export class LiveInbox {
    #last;
    #tell;
    #tellOver;
    #socket = null;
    #timer;
    #failureCount = 0;
    #isStopped = false;
    #wake = () => this.#retryNow();

    /** Begins after a place; `tell` hears each notification, `tellOver` that the session ended. */
    constructor(last, { tell, tellOver }) {
        this.#last = last;
        this.#tell = tell;
        this.#tellOver = tellOver;
        addEventListener("online", this.#wake);
        this.#open();
    }

    stop() {
        this.#isStopped = true;
        clearTimeout(this.#timer);
        removeEventListener("online", this.#wake);
        this.#socket?.close();
    }

    #open() {
        const url = new URL(`/ws?after=${this.#last}`, location.href);
        url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
        const socket = new WebSocket(url);
        this.#socket = socket;
        let wasOpen = false;
        socket.onopen = () => { wasOpen = true; };
        socket.onmessage = ({ data }) => this.#receive(data);
        socket.onclose = ({ code }) => this.#closed(code, wasOpen);
    }

    #receive(data) {
        this.#failureCount = 0;
        const notification = JSON.parse(data);
        if (this.#isStopped || notification.sequence <= this.#last) return;
        this.#last = notification.sequence;
        this.#tell(notification);
    }

    async #closed(code, wasOpen) {
        this.#socket = null;
        if (this.#isStopped) return;
        if (code === sessionOver || (!wasOpen && await isSessionOver())) return this.#end();
        const pause = Math.min(pauseFirst * 2 ** this.#failureCount, pauseMaximum);
        this.#failureCount += 1;
        // Not all pages at once when a server comes back.
        const jittered = pause * (0.5 + Math.random()) * 1000;
        if (!this.#isStopped) this.#timer = setTimeout(() => this.#retryNow(), jittered);
    }

    #end() {
        if (this.#isStopped) return;
        this.stop();
        this.#tellOver();
    }

    #retryNow() {
        clearTimeout(this.#timer);
        if (!this.#isStopped && !this.#socket) this.#open();
    }
}

/** A refused connection says nothing of why. */
async function isSessionOver() {
    try {
        await get("user/info");
        return false;
    } catch (problem) {
        if (!problem.code) throw problem;
        return problem.status === 401;
    }
}
