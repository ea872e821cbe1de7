import Cluster
import PeerReview
import StarchairAPI
import Testing

/// A conference with people in every part that one can have in the review of its first paper.
struct TestCommittee: Sendable {
    let installation: TestInstallation
    let conference: ConferenceView
    /// A conference of somebody else.
    let other: ConferenceView
    /// By the author, the co-author and the author chair.
    let paper: SubmissionView
    /// By the rival; reviewed by who is conflicted with the first.
    let second: SubmissionView
    private let people: [Role: Person]

    /// - Parameter isAlive: whether what is announced is delivered.
    init(
        _ state: ConferenceState, anonymity: Anonymity = .doubleBlind, isAlive: Bool = false
    ) async throws {
        var configuration = TestInstallation.Configuration()
        configuration.deliversLetters = isAlive
        installation = try await TestInstallation(configuration)
        people = try await Self.people(installation)
        let proposed = try await Self.propose(
            "MAIN", by: people[.chair], anonymity, people, installation)
        other = try await Self.propose(
            "OTHER", by: people[.otherChair], anonymity, people, installation)
        conference = try await Self.gather(proposed, people, installation)
        let desk = TestDesk(installation: installation, conference: conference.id)
        let authors = [people[.coauthor], people[.authorChair]].compactMap(\.self)
        paper = try await desk.paper(Secret.title, by: people[.author], with: authors)
        second = try await desk.paper("The second title", by: people[.rival])
        try await advance(to: state)
    }

    /// What a person is to the first paper.
    enum Role: String, CaseIterable, Sendable {
        case anonymous, unverified, stranger, author, coauthor, rival, member
        /// Has confirmed a review.
        case reviewer
        /// Has written nothing yet.
        case newReviewer
        case conflicted, chair, cochair, conflictedChair, authorChair, otherChair
        case administrator

        /// Roles that may see of the paper what authors see.
        static let authors: [Role] = [.author, .coauthor, .authorChair]
        /// Roles that may know nothing of it once bidding is over.
        static let outsiders: [Role] = [
            .anonymous, .unverified, .stranger, .rival, .member, .conflicted, .conflictedChair,
            .otherChair, .administrator,
        ]
    }

    /// Texts that must be found where they belong and nowhere else.
    enum Secret {
        static let title = "A secret title"
        static let fileName = "paper-by-author.pdf"
        static let review = "The review for authors."
        static let remarks = "Between us only."
        static let rebuttal = "The answer of the authors."
        static let post = "What is said among reviewers."
    }

    /// The person in a role; nil for who did not sign in.
    func person(_ role: Role) -> Person? { people[role] }

    /// The account of a person in a role.
    func account(_ role: Role) -> AccountView {
        guard let person = people[role] else { preconditionFailure("\(role) has no account") }
        return person.account
    }

    /// The answer to a call by somebody.
    func answer(_ call: Call, by role: Role) async throws -> Answer {
        try await installation.answer(to: call.by(people[role]))
    }

    /// The value of a call that must succeed.
    func value<Value: Decodable>(
        _ call: Call, by role: Role, as type: Value.Type = Value.self
    ) async throws -> Value {
        try await answer(call, by: role).data()
    }

    /// A call that must succeed and whose value does not matter.
    func done(
        _ call: Call, by role: Role, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await answer(call, by: role)
        try #require(
            (200..<300).contains(answer.status), "\(call.path) by \(role): \(answer.text)",
            sourceLocation: sourceLocation)
    }

    /// The request is refused and changes nothing.
    @discardableResult
    func refused(
        _ call: Call, by role: Role, _ status: Int, _ code: String,
        _ parameters: [String: String]? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let answer = try await installation.expectRefusal(
            of: call.by(people[role]), status, code, sourceLocation: sourceLocation)
        if let parameters, answer.status >= 400 {
            let found = try answer.problem().parameters
            #expect(found == parameters, sourceLocation: sourceLocation)
        }
        return answer
    }
}

extension TestCommittee {
    private static func people(
        _ installation: TestInstallation
    ) async throws -> [Role: Person] {
        var people: [Role: Person] = [.administrator: try await installation.administrator()]
        for role in Role.allCases {
            switch role {
            case .anonymous, .administrator, .unverified: continue
            default: people[role] = try await installation.person(role.rawValue)
            }
        }
        // Claims the co-author's address without having shown to hold it.
        people[.unverified] = try await installation.person(
            "unverified", address: people[.coauthor]?.address, verified: false)
        return people
    }

    private static func propose(
        _ name: String, by chair: Person?, _ anonymity: Anonymity, _ people: [Role: Person],
        _ installation: TestInstallation
    ) async throws -> ConferenceView {
        let body = """
            {"shortenForm":"\(name)","fullName":"Conference \(name)","settings":\
            {"anonymity":"\(anonymity.rawValue)","committeeSizeMinimum":0,\
            "reviewersPerSubmission":2,"loadMaximum":2}}
            """
        let proposed: ConferenceView = try await installation.answer(
            to: .json("/api/conference/createConference", body).by(chair)
        ).data()
        if let administrator = people[.administrator] {
            try await installation.approve(proposed, by: administrator)
        }
        return proposed
    }
}
