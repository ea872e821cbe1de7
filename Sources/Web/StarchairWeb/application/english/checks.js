/** The texts of complaints about what was typed in English. */
export const checks = {
    "check.missing": "Please fill this in.",
    "check.short": "At least {count} characters, please.",
    "check.long": "At most {count} characters, please; there are {present}.",
    "check.email": "This does not look like an e-mail address.",
    "check.username": "Only the letters A to Z, digits, and . - _",
    "check.topics": "At most 100 topics of at most 100 characters each, please.",
    "check.twin": "Another author has this address.",
    "check.word": "One word only, please.",
    "check.bid": "A whole number from −20 to 20, please.",
    "check.committeeSizeMinimum": "A whole number from 0 to 100, please.",
    "check.reviewersPerSubmission": "A whole number from 1 to 20, please.",
    "check.loadMaximum": "A whole number from 1 to 1000, please.",
};
