import { account } from "./chinese/account.js";
import { checks } from "./chinese/checks.js";
import { conference } from "./chinese/conference.js";
import { fields } from "./chinese/fields.js";
import { inbox } from "./chinese/inbox.js";
import { problems } from "./chinese/problems.js";
import { review } from "./chinese/review.js";
import { site } from "./chinese/site.js";
import { submission } from "./chinese/submission.js";

/** The page's texts in simplified Chinese. */
export const chinese = {
    ...account, ...checks, ...conference, ...fields, ...inbox,
    ...problems, ...review, ...site, ...submission,
};
