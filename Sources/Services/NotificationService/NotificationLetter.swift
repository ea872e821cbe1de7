import StarchairAPI

/// The letter that tells of an event.
struct NotificationLetter {
    let subject: String
    let text: String

    init(_ event: NotificationEvent, publicURL: String) {
        let number = event.number.map { " #\($0)" } ?? ""
        let (topic, body) = Self.words(event)
        subject = "\(event.shortenForm)\(number): \(topic)"
        // A receipt ends with the title.
        let place = event.kind == .submissionReceived ? "" : "\n\n\(publicURL)/"
        text = body + place
    }

    private static func words(_ event: NotificationEvent) -> (topic: String, body: String) {
        let submission = "submission number \(event.number ?? 0) to \(event.shortenForm)"
        func parameter(_ name: String) -> String { event.parameters[name] ?? "" }
        switch event.kind {
        case .conferenceMoved:
            let state = parameter("state")
            return (state, "\(event.shortenForm) is now in the state: \(state).")
        case .submissionReceived:
            return (
                "submission received", "Your \(submission) was received: \(parameter("title"))"
            )
        case .invited:
            return (
                "invitation",
                """
                You are invited to \(event.shortenForm) as a \(parameter("role")) of the \
                programme committee. Sign in with this address to accept or to decline.

                \(parameter("message"))

                Invitation: \(parameter("invitation"))
                """
            )
        case .invitationAnswered:
            return (
                "invitation \(parameter("status"))",
                "\(parameter("email")) has \(parameter("status")) your invitation."
            )
        case .assigned:
            return (
                "reviews assigned",
                "Submissions to \(event.shortenForm) to review: \(parameter("count"))."
            )
        case .assignmentDeclined:
            return (
                "assignment given back",
                "A reviewer of \(event.shortenForm) gave an assignment back."
            )
        case .reviewsReleased:
            return ("reviews", "The reviews of your \(submission) can be read and answered.")
        case .decisionReleased:
            return (
                "decision", "The decision about your \(submission): \(parameter("decision"))."
            )
        case .discussed: return ("discussion", "Something was said about \(submission).")
        }
    }
}
