import PeerReview
import Platform
import StarchairAPI
import Synchronization
import Testing
import Trials

/// The judge of deadlines finds what is wrong in a history, and nothing else.
@Suite struct DeadlineInvariantsTests {
    private static let conference: ConferenceID = "vgjgx8qkgnhpj449rc3m6c9mbt"
    private static let start = Instant(millisecondsSince1970: 0)
    /// The deadline of all these histories.
    private static let deadline = Duration.seconds(100)

    /// A history that is written entry by entry.
    private final class Diary: Sendable {
        private final class Moment: Sendable {
            let value = Mutex(Duration.zero)
        }

        private let moment: Moment
        let history: History

        init() {
            let moment = Moment()
            self.moment = moment
            history = History { moment.value.withLock { $0 } }
        }

        func write(
            _ operation: History.Operation, from begin: Int, to end: Int,
            _ outcome: History.Outcome
        ) async {
            moment.value.withLock { $0 = .seconds(begin) }
            _ = await history.record(operation, by: "somebody") { [moment] in
                moment.value.withLock { $0 = .seconds(end) }
                switch outcome {
                case .refused(let code): return .refused(status: 409, code: code)
                case .unknown: return .unknown
                default: return .done(outcome)
                }
            } seen: {
                $0
            }
        }
    }

    private func view(
        _ version: Int64, _ state: ConferenceState, hasDeadline: Bool = true
    ) -> History.Outcome {
        var view = ConferenceView(
            id: Self.conference, shortenForm: "DSN", fullName: "Dependable Systems", status: state)
        view.version = version
        view.stopSubmittingTime = hasDeadline ? Self.start + Self.deadline : nil
        return .conference(view)
    }

    private func submit(_ title: String) -> History.Operation {
        .submit(conference: Self.conference, title: title)
    }

    private func accepted() -> History.Outcome {
        let id: SubmissionID = "4kvk3wcv77c3wbjphv0cvnjeey"
        return .submission(SubmissionView(id: id, number: 1, confId: Self.conference, version: 1))
    }

    /// The numbers of what is found, with clocks that are wrong by 2 s at most.
    private func findings(_ diary: Diary, healed: Int = 0) -> [String] {
        DeadlineInvariants(
            diary.history,
            .init(
                of: Self.conference, start: Self.start, clockError: .seconds(2),
                healed: .seconds(healed))
        ).findings().map { String($0.invariant.prefix { $0 != " " }) }
    }

    /// A conference that is known to be open from second 1 on.
    private func opened() async -> Diary {
        let diary = Diary()
        await diary.write(
            .move(Self.conference, to: .submitting), from: 0, to: 1, view(2, .submitting))
        return diary
    }

    /// One whose deadline has closed it, and that its chair opened again until second 111.
    private func extended() async -> Diary {
        let diary = await opened()
        await diary.write(.look(Self.conference), from: 103, to: 104, view(3, .bidding))
        await diary.write(
            .move(Self.conference, to: .submitting), from: 110, to: 111,
            view(4, .submitting, hasDeadline: false))
        return diary
    }

    @Test(arguments: [(97, 1), (98, 0), (102, 0)])
    func `a refusal is wrong if it surely came before the deadline`(
        end: Int, count: Int
    ) async {
        let diary = await opened()
        await diary.write(submit("Paper"), from: 90, to: end, .refused("windowClosed"))
        #expect(findings(diary) == Array(repeating: "8", count: count))
    }

    @Test(arguments: [(103, 0), (114, 0), (115, 1)])
    func `what is accepted long after the deadline is wrong unless something is broken`(
        begin: Int, count: Int
    ) async {
        let diary = await opened()
        await diary.write(submit("Paper"), from: begin, to: begin + 1, accepted())
        #expect(findings(diary) == Array(repeating: "8", count: count))
        #expect(findings(diary, healed: 200).isEmpty)
    }

    @Test func `a refusal after an acknowledged extension reverts it`() async {
        let diary = await extended()
        await diary.write(submit("Paper"), from: 111, to: 112, .refused("windowClosed"))
        #expect(findings(diary).isEmpty, "it may have begun before the acknowledgement")
        await diary.write(submit("Other"), from: 112, to: 113, .refused("windowClosed"))
        #expect(findings(diary) == ["9"])
    }

    @Test(arguments: [History.Outcome.unknown, .done])
    func `a close by hand explains a refusal, even if nobody was told of it`(
        outcome: History.Outcome
    ) async {
        let diary = await extended()
        await diary.write(.move(Self.conference, to: .bidding), from: 112, to: 120, outcome)
        await diary.write(submit("Paper"), from: 113, to: 114, .refused("windowClosed"))
        #expect(findings(diary).isEmpty)
    }

    @Test func `a refused close by hand explains nothing`() async {
        let diary = await extended()
        await diary.write(
            .move(Self.conference, to: .bidding), from: 112, to: 113, .refused("forbidden"))
        await diary.write(submit("Paper"), from: 114, to: 115, .refused("windowClosed"))
        #expect(findings(diary) == ["9"])
    }

    @Test func `nobody is shown the old deadline after an acknowledged extension`() async {
        let diary = await extended()
        await diary.write(.look(Self.conference), from: 112, to: 113, view(3, .bidding))
        #expect(findings(diary) == ["9"])
    }

    @Test func `one intention has one answer`() async {
        let diary = await opened()
        await diary.write(submit("Paper"), from: 99, to: 101, accepted())
        await diary.write(submit("Paper"), from: 99, to: 101, .refused("windowClosed"))
        #expect(findings(diary) == ["8"])
    }

    @Test func `a deadline that closes nothing is found in the end`() async {
        let diary = await opened()
        await diary.write(.look(Self.conference), from: 115, to: 116, view(2, .submitting))
        #expect(findings(diary) == ["8", "L"])
    }
}
