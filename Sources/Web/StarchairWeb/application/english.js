import { account } from "./english/account.js";
import { checks } from "./english/checks.js";
import { conference } from "./english/conference.js";
import { fields } from "./english/fields.js";
import { inbox } from "./english/inbox.js";
import { problems } from "./english/problems.js";
import { review } from "./english/review.js";
import { site } from "./english/site.js";
import { submission } from "./english/submission.js";

/** The page's texts in English; the other dictionaries have the same keys. */
export const english = {
    ...account, ...checks, ...conference, ...fields, ...inbox,
    ...problems, ...review, ...site, ...submission,
};
