extension TextRule {
    /// An account's name for signing in.
    public static let username = TextRule("username", 2...64)
    /// A person's name.
    public static let fullName = TextRule("fullname", 1...200)
    /// A password: long rather than strange (NIST SP 800-63B, section 5.1.1.2).
    public static let password = TextRule("password", 8...256)
    /// A person's institution.
    public static let company = TextRule("company", 0...200)
    /// A person's field.
    public static let area = TextRule("area", 0...200)
    /// A conference's short name.
    public static let shortForm = TextRule("shortenForm", 2...40)
    /// A conference's full name.
    public static let conferenceName = TextRule("fullName", 2...300)
    /// Where a conference takes place.
    public static let location = TextRule("location", 0...200)
    /// A submission's title.
    public static let title = TextRule("title", 1...300)
    /// A submission's abstract.
    public static let summary = TextRule("summary", 1...10_000, isMultiline: true)
    /// A topic.
    public static let topic = TextRule("topics", 1...100)
    /// A file's name, for display only: nothing is ever stored under it.
    public static let fileName = TextRule("file name", 1...255)
    /// What a review tells the authors.
    public static let review = TextRule("comment", 1...20_000, isMultiline: true)
    /// What a review tells the committee.
    public static let remarks = TextRule("remarks", 0...20_000, isMultiline: true)
    /// The authors' answer to the reviews.
    public static let rebuttal = TextRule("rebuttal", 1...10_000, isMultiline: true)
    /// What somebody says in a discussion.
    public static let post = TextRule("content", 1...5_000, isMultiline: true)
    /// Why somebody does something.
    public static let reason = TextRule("reason", 0...1_000, isMultiline: true)
}
