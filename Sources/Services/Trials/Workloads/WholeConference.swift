import PeerReview
import Platform
import StarchairAPI

/// A conference from the call to the release of the decisions: two chairs, a committee, authors,
/// each doing what people do, twice at once and too late now and then.
public struct WholeConference: Sendable {
    /// One kind of its people.
    public enum Side: String, Sendable, CaseIterable {
        case reviewers, authors
    }

    /// How large the conference is, and who does what in it.
    public struct Size: Sendable {
        /// Authors, each with one submission.
        public var authorCount = 8
        /// Members of the committee.
        public var reviewerCount = 6
        /// Reviewers of each submission.
        public var reviewersPerSubmission = 3
        /// How much longer than usual people take between what they do.
        public var leisure = 1
        /// Who is somebody else: everybody of that side goes on as the next one of it, so that
        /// two runs that differ in this alone differ in who did what.
        public var swapped: Side?
        /// How long everybody waits before going on as somebody else, until no edge remembers whose
        /// session was used where.
        public var settlingTime = Duration.zero
        /// Authors who have a member of the committee as a co-author.
        public var coauthorCount = 2
        /// Of a thousand, assignments that are given back.
        public var declinePermille = 60
        /// Of a thousand, submissions that a member declares a conflict with.
        public var conflictPermille = 60
        /// How long an ended session may still work (Δ), as long as clocks differ as they do here.
        public var stalenessMaximum = Duration.seconds(5)
        /// Who is hidden from whom.
        public var anonymity = Anonymity.doubleBlind

        /// The usual size: 8 submissions, 6 reviewers, 24 reviews.
        public init() {}
    }

    /// How large it is.
    public let size: Size
    let town: Town
    let programme = Programme()

    /// Rounds that somebody tries before giving up.
    static let roundCountMaximum = 60
    /// How long the chairs wait for the committee, longer than anything is broken.
    static let committeePatience = Duration.seconds(400)
    /// How long the chairs wait for everybody in one phase.
    static let phasePatience = Duration.seconds(120)

    /// A conference of some size in a world.
    public init(_ size: Size, in town: Town) {
        self.size = size
        self.town = town
    }

    /// The names of the members.
    public var reviewers: [String] {
        (1...size.reviewerCount).map { "reviewer\($0)\(town.suffix)" }
    }

    /// The names of the authors.
    public var authors: [String] {
        (1...size.authorCount).map { "author\($0)\(town.suffix)" }
    }

    /// The name of the second chair.
    public var coChairName: String { "cochair\(town.suffix)" }

    /// The conference, once it was proposed.
    public var conference: ConferenceID? { programme.conference }

    /// Everybody's account by name, as far as they have arrived.
    public var accounts: [String: AccountID] { programme.accounts }

    /// Whether nobody goes on.
    public var isAbandoned: Bool { programme.isAbandoned }

    /// What did not happen that must, so that nobody goes on.
    public var failure: Finding? {
        programme.failure.map { Finding(Invariant.inTheEnd(Invariant.complete), $0) }
    }

    /// Whether its submissions are discussed, or were.
    public var isDiscussing: Bool { programme.phase >= .discussing }

    /// Whether the conference is over.
    public var isOver: Bool { programme.phase == .over || programme.isAbandoned }

    /// As whom somebody goes on after having arrived.
    func identity(of name: String) -> String {
        let side = size.swapped == .reviewers ? reviewers : authors
        guard size.swapped != nil, let index = side.firstIndex(of: name) else { return name }
        return side[(index + 1) % side.count]
    }

    /// Arrives, waits for everybody, and goes on as who it is to be; false when it never worked.
    func arrive(_ visitor: Visitor) async -> Bool {
        guard await Arrival(visitor: visitor, town: town).arrive() else {
            programme.fail("\(visitor.name) did not arrive")
            return false
        }
        let info = await settled(visitor) { () -> Told<AccountView> in
            await visitor.get("/api/user/info")
        }
        guard let account = info.value else {
            programme.fail("\(visitor.name) was not told who it is")
            return false
        }
        programme.arrived(visitor.name, as: account.id, session: await visitor.sessionToken)
        let count = size.reviewerCount + size.authorCount + 2
        while programme.accounts.count < count {
            if programme.isAbandoned || Task.isCancelled { return false }
            await rest(visitor, atMost: .milliseconds(600))
        }
        if let session = programme.session(of: identity(of: visitor.name)) {
            await visitor.resume(session)
        }
        // Cut short, it ends with the next question.
        do { try await visitor.platform.clock.sleep(for: size.settlingTime) } catch {
            return false
        }
        return true
    }

    /// Repeats an intention until somebody says what became of it.
    func settled<Value: Sendable>(
        _ visitor: Visitor, _ body: () async -> Told<Value>
    ) async -> Told<Value> {
        for _ in 0..<Self.roundCountMaximum {
            let told = await body()
            if case .unknown = told {
                await rest(visitor, atMost: .seconds(1))
            } else {
                return told
            }
        }
        return .unknown
    }

    /// Waits until a phase has begun; false when nobody goes on.
    func wait(_ visitor: Visitor, for phase: Programme.Phase) async -> Bool {
        while programme.phase < phase {
            if programme.isAbandoned || Task.isCancelled { return false }
            await rest(visitor, atMost: .milliseconds(600))
        }
        return !programme.isAbandoned
    }

    /// Waits until so many have finished a phase, within bounds.
    func waitForAll(_ visitor: Visitor, _ phase: Programme.Phase, count: Int) async {
        let end = visitor.platform.clock.uptime + Self.phasePatience
        while programme.finishedCount(phase) < count, !programme.isAbandoned,
            visitor.platform.clock.uptime < end, !Task.isCancelled
        {
            await rest(visitor, atMost: .milliseconds(400))
        }
    }

    func rest(_ visitor: Visitor, atMost duration: Duration) async {
        let rest = visitor.platform.random.duration(
            below: duration * size.leisure, for: "trial rest")
        // A rest that is cut short ends a loop that looks for cancellation itself.
        do { try await visitor.platform.clock.sleep(for: rest) } catch { return }
    }

    func chance(_ visitor: Visitor, permille: Int) -> Bool {
        visitor.platform.random.below(1000, for: "trial chance") < permille
    }

    /// A short word that nobody else uses.
    func mark(_ visitor: Visitor) -> String { String(visitor.newIntention().prefix(10)) }
}
