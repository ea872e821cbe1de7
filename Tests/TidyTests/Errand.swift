/// A message that one part of the system sends to a service.
struct Errand: Hashable {
    let asker: String
    let message: String
    /// The service that answers, as the message's type says.
    let authority: String
    /// The outbox's consumer that it goes through; nil when the asker waits for the answer.
    let route: String?

    var description: String {
        let way = route.map { "tells, by its route \($0)," } ?? "asks"
        return "\(asker) \(way) \(message) of \(authority)"
    }
}
