import { chinese } from "./chinese.js";
import { english } from "./english.js";

/** The page's languages, each with its dictionary and its own name. */
export const languages = {
    en: { name: "English", tag: "en", dictionary: english },
    zh: { name: "中文", tag: "zh-Hans", dictionary: chinese },
};

const storageKey = "starchair.language";
const followers = new WeakMap();
let language = remembered() ?? preferred();

/** The code of the language in use. */
export function currentLanguage() {
    return language;
}

/** Uses another language, now and when the page is opened again. */
export function chooseLanguage(code) {
    language = code;
    try {
        localStorage.setItem(storageKey, code);
    } catch (error) {
        console.info("The language is not remembered: this browser keeps nothing.", error);
    }
    translate();
}

/** Whether there is a text for the key. */
export function isKnown(key) {
    return Object.hasOwn(english, key);
}

/** The text for a key; a parameter that is a function is asked for its value. */
export function text(key, parameters = {}) {
    const pattern = languages[language].dictionary[key] ?? english[key] ?? key;
    return pattern.replace(/\{(\w+)\}/g, (whole, name) => {
        const value = parameters[name];
        return String((typeof value === "function" ? value() : value) ?? whole);
    });
}

/** A text node that follows the language. */
export function phrase(key, parameters) {
    const node = document.createTextNode("");
    follow(node, () => { node.data = text(key, parameters); });
    return node;
}

/** Updates a node now and whenever the language changes while the node is on the page. */
export function follow(node, update) {
    followers.set(node, [...(followers.get(node) ?? []), update]);
    update();
}

/** Writes everything on the page in the language in use; what was typed stays. */
export function translate() {
    document.documentElement.lang = languages[language].tag;
    const kinds = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
    const walker = document.createTreeWalker(document, kinds);
    while (walker.nextNode()) {
        for (const update of followers.get(walker.currentNode) ?? []) update();
    }
}

/** A moment for reading, in the reader's time zone. */
export function moment(iso) {
    const style = {
        year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit",
        timeZoneName: "short",
    };
    return new Intl.DateTimeFormat(localTag(), style).format(new Date(iso));
}

/** The time of day for reading. */
export function clock(date) {
    const style = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
    return new Intl.DateTimeFormat(localTag(), style).format(date);
}

/** A day for reading, in the reader's time zone. */
export function day(iso) {
    const style = { year: "numeric", month: "short", day: "numeric" };
    return new Intl.DateTimeFormat(localTag(), style).format(new Date(iso));
}

/** The language in use as the reader's country writes it. */
function localTag() {
    return navigator.languages.find((tag) => tag.toLowerCase().startsWith(language))
        ?? languages[language].tag;
}

function remembered() {
    try {
        const code = localStorage.getItem(storageKey);
        return Object.hasOwn(languages, code ?? "") ? code : null;
    } catch (error) {
        console.info("No language is remembered: this browser keeps nothing.", error);
        return null;
    }
}

function preferred() {
    const codes = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
    return codes.find((code) => Object.hasOwn(languages, code)) ?? "en";
}
