/// What must hold of the whole system, each with a number, as findings name it.
///
/// A name that begins with `L` is about something that must happen in the end; all others are
/// about what must never happen.
public enum Invariant {
    static let noLoss = "1 nothing acknowledged is lost"
    static let noPhantoms = "2 what was refused has no effect"
    static let oneEffect = "3 one effect for one request id"
    /// Judged by twin runs.
    public static let authorsSeeNoReviewers = "4 authors learn nothing about the reviewers"
    /// Judged by twin runs.
    public static let reviewersSeeNoAuthors = "5 reviewers learn nothing about the authors"
    static let confidential = "6 nobody else reads a submission"
    static let conflictEnds = "7 an acknowledged conflict ends access and assignment"
    static let deadline = "8 the window decides"
    static let extensionStays = "9 an extension never reverts"
    static let assignmentBounds = "10 assignments keep their bounds"
    static let reviewsBelong = "11 a review belongs to an assignment and replaces no later one"
    static let atomicRelease = "12 a release is atomic and the mail says what is stored"
    static let signedOut = "13 an ended session works no longer than it may"
    static let authorised = "14 every answer was authorised under roles of the moment"
    /// Judged by the world, which sees who is called.
    public static let routing = "15 no call goes to an instance that is gone"
    static let notified = "16 every notification is delivered and shown once"
    /// Judged by the world, which sees the queues.
    public static let conservation = "17 published is consumed, queued or dead-lettered"
    static let register = "18 each object is a linearisable register"
    static let complete = "19 what spans services is done completely"
    /// Judged by the world too, which sees what each process asks and is asked.
    public static let recovered = "20 after the faults the system serves again"

    static func inTheEnd(_ invariant: String) -> String { "L " + invariant }
}
