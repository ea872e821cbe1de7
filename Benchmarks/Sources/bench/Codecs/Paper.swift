/// A message of ten fields, such as services send.
struct Paper: Codable, Equatable, Sendable {
    struct Author: Codable, Equatable, Sendable {
        var name: String
        var email: String
        var isStudent: Bool
    }

    var id: String
    var title: String
    var number: Int64
    var byteCount: Int64
    var score: Double
    var confidence: Double
    var isAnonymous: Bool
    var isWithdrawn: Bool
    var keywords: [String]
    var author: Author

    static let sample = Paper(
        id: "k3m9w0qz7x4v2n8r5t1y6h0jbc", title: "On the Bounded Waiting of Unbounded Readers",
        number: 4711, byteCount: 1_482_367, score: 3.75, confidence: 0.8125, isAnonymous: true,
        isWithdrawn: false, keywords: ["scheduling", "simulation", "fairness", "queues"],
        author: Author(name: "Zoë Ångström", email: "zoe@example.org", isStudent: false))
}

extension ProtoPaper {
    init(_ paper: Paper) {
        self.init()
        (id, title, number, byteCount) = (paper.id, paper.title, paper.number, paper.byteCount)
        (score, confidence) = (paper.score, paper.confidence)
        (isAnonymous, isWithdrawn) = (paper.isAnonymous, paper.isWithdrawn)
        keywords = paper.keywords
        author.name = paper.author.name
        author.email = paper.author.email
        author.isStudent = paper.author.isStudent
    }
}
