import { ask, get } from "./api.js";

/** Accounts that the server names at once, and rows of a page. */
const countMaximum = 100;
/** Pages of a committee that are read: as many as an assignment takes. */
const pageCountMaximum = 10;

/** The names of accounts by their ids; those that do not exist are missing. */
export async function namesOf(ids) {
    const names = new Map();
    const all = [...new Set(ids)];
    for (let start = 0; start < all.length; start += countMaximum) {
        const some = all.slice(start, start + countMaximum);
        const { items } = await ask("user/findUserByIds", { ids: some });
        for (const { id, fullname, username } of items) names.set(id, fullname || username);
    }
    return names;
}

/** The members of a conference's committee, in the order of their names. */
export async function committeeOf(conferenceID) {
    const members = [];
    let after;
    for (let page = 0; page < pageCountMaximum; page += 1) {
        const { items, next } = await get(
            `conference/getPcMembers/${conferenceID}`, { after, limit: countMaximum });
        members.push(...items);
        after = next;
        if (!next) break;
    }
    return members.sort((left, right) => left.fullname.localeCompare(right.fullname));
}
