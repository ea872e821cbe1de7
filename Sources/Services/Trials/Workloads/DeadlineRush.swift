import Platform
import StarchairAPI

/// A conference whose deadline closes it by itself while authors hand in around it, and whose
/// chair gives them more time.
///
/// A chair sets a later deadline before it has come. Whoever opens a conference again after it has
/// taken it away, and closes by hand.
public struct DeadlineRush: Sendable {
    /// How large the rush is.
    public struct Size: Sendable {
        /// Authors.
        public var authorCount = 6
        /// Submissions that each tries to hand in while the chair goes on: fewer than the uploads
        /// that an account may have beside those that submissions name.
        public var attemptCountMaximum = 14

        /// The usual size.
        public init() {}
    }

    /// How large it is.
    public let size: Size
    let town: Town
    let rush: SubmissionRush
    let programme = Programme()

    /// How long the chair waits for the authors before the conference is proposed.
    static let arrivalPatience = Duration.seconds(30)
    /// How long after its proposal the conference closes.
    static let openTime: ClosedRange<Duration> = .seconds(5)...Duration.seconds(11)
    /// How long the chair waits for the deadline to close the conference: longer than anything is
    /// broken.
    static let closingPatience = Duration.seconds(240)
    /// The longest that the conference stays open again.
    static let extensionMaximum = Duration.seconds(6)

    /// A rush of some size in a world.
    public init(_ size: Size, in town: Town) {
        self.size = size
        self.town = town
        var smaller = SubmissionRush.Size()
        smaller.authorCount = size.authorCount
        rush = SubmissionRush(smaller, in: town)
    }

    /// The conference, once it was proposed.
    public var conference: ConferenceID? { programme.conference }

    /// What did not happen that must, so that nobody goes on.
    public var failure: Finding? {
        programme.failure.map { Finding(Invariant.inTheEnd(Invariant.complete), $0) }
    }

    /// Looks at the conference, and records it.
    @discardableResult
    public func look(
        _ visitor: Visitor, at conference: ConferenceID
    ) async -> Told<ConferenceView> {
        await town.history.record(.look(conference), by: visitor.name) {
            await visitor.conference(conference)
        } seen: {
            .conference($0)
        }
    }

    /// What the chair finds when all is quiet, every file read too; nil when it could not be.
    public func audit(_ chair: Visitor) async -> [SubmissionView]? {
        guard let conference, await look(chair, at: conference).value != nil else { return nil }
        return await rush.audit(conference, by: chair)
    }

    func rest(_ visitor: Visitor, atMost duration: Duration) async {
        let rest = visitor.platform.random.duration(below: duration, for: "trial rest")
        // A rest that is cut short ends a loop that looks for cancellation itself.
        do { try await visitor.platform.clock.sleep(for: rest) } catch { return }
    }

    func chance(_ visitor: Visitor, permille: Int) -> Bool {
        visitor.platform.random.below(1000, for: "trial chance") < permille
    }
}
