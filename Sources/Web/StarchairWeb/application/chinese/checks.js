/** The texts of complaints about what was typed in simplified Chinese. */
export const checks = {
    "check.missing": "请填写此项。",
    "check.short": "至少需要 {count} 个字符。",
    "check.long": "最多 {count} 个字符，现有 {present} 个。",
    "check.email": "这不像是一个邮箱地址。",
    "check.username": "只能使用英文字母、数字以及 . - _",
    "check.topics": "最多 100 个主题，每个不超过 100 个字符。",
    "check.twin": "另一位作者已使用此邮箱。",
    "check.word": "请只输入一个词。",
    "check.bid": "请输入 −20 到 20 之间的整数。",
    "check.committeeSizeMinimum": "请输入 0 到 100 之间的整数。",
    "check.reviewersPerSubmission": "请输入 1 到 20 之间的整数。",
    "check.loadMaximum": "请输入 1 到 1000 之间的整数。",
};
