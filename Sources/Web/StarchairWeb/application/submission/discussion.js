import { change, get } from "../api.js";
import { element, time } from "../elements.js";
import { field } from "../fields.js";
import { form } from "../form.js";
import { part } from "../part.js";
import { phrase } from "../text.js";

const pageLength = 100;
const postLength = [1, 5000];
/** Pages of a discussion that are read: as many as it can have. */
const pageCountMaximum = 21;

/** What reviewers and chairs say to each other; null when the reader may not know. */
export async function discussionPart({ id }, { status }) {
    const isOpen = status === "discussing";
    try {
        const thread = await part(async (self) => {
            const posts = await postsOf(id);
            return [
                element("h2", { class: "part" }, phrase("discussion")),
                posts.length === 0 && element("p", { class: "quiet" },
                    phrase(isOpen ? "noPosts" : "noPostsNow")),
                element("ul", { class: "posts" }, posts.map((post) =>
                    element("li", {}, content(post), answers(post),
                        isOpen && replyForm(post, self)))),
            ];
        });
        followNews(id, thread);
        return element("div", { id: "discussion" }, thread.node,
            isOpen && postForm(id, thread));
    } catch (problem) {
        // It is not shown to a reviewer who has not confirmed a review yet.
        if (problem.code !== "noSuchSubmission") throw problem;
        return null;
    }
}

/** All posts; a page may say a post again that has more answers on it. */
async function postsOf(id) {
    const posts = new Map();
    let after;
    for (let page = 0; page < pageCountMaximum; page += 1) {
        const thread = await get(
            `discuss/getOrCreateByDraft/${id}`, { after, limit: pageLength });
        for (const post of thread.posts) {
            const known = posts.get(post.id);
            if (known) known.comments.push(...post.comments);
            else posts.set(post.id, post);
        }
        after = thread.next;
        if (!after) break;
    }
    return [...posts.values()];
}

function content({ username, isOwn, created_time, content: words }) {
    return [
        element("p", { class: "byline" }, element("strong", {}, username),
            isOwn && phrase("you"), time(created_time)),
        element("p", { class: "prose" }, words),
    ];
}

function answers({ comments }) {
    return comments.length > 0 && element("ul", { class: "posts answers" },
        comments.map((comment) => element("li", {}, content(comment))));
}

function postForm(id, thread) {
    const place = element("div", {});
    const renew = () => place.replaceChildren(sayingForm("post", "field.post",
        (values, intention) => change("discuss/createPost", { draftId: id, ...values }, intention),
        () => {
            renew();
            show(thread, "postIsSaid");
        }));
    renew();
    return place;
}

function replyForm({ id }, thread) {
    const node = sayingForm("reply", "field.reply",
        (values, intention) => change("discuss/createReply", { postId: id, ...values }, intention),
        () => show(thread, "replyIsSaid"));
    return element("details", {}, element("summary", {}, phrase("answer")), node);
}

function sayingForm(submitKey, label, say, afterwards) {
    return form({
        submitKey, keepsText: true,
        fields: [field("content", { label, rows: 3, required: true, length: postLength })],
        async send(values, { intention }) {
            await say(values, intention);
            return afterwards;
        },
    }).node;
}

/** Shows what was said last; what could not be read is there at the next look. */
function show(thread, key) {
    thread.refresh().then(() => thread.say(key), thread.fail);
}

/** Shows what others say as soon as word of it comes, unless an answer is being written. */
function followNews(id, thread) {
    document.addEventListener("notification", function listen({ detail }) {
        if (!thread.node.isConnected) return document.removeEventListener("notification", listen);
        if (detail.event.kind !== "discussed" || detail.event.draftId !== id) return;
        if (thread.node.querySelector("form[data-dirty]")) return thread.say("newPosts");
        show(thread, "newPostsShown");
    });
}
