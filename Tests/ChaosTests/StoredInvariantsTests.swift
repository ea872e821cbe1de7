import PeerReview
import Platform
import StarchairAPI
import Testing

@testable import Trials

@Suite struct StoredInvariantsTests {
    private let conference = ConferenceID("c1")
    private let reviewer = AccountID("a1")
    private let review = ReviewID("r1")

    private func submission(_ number: Int) -> StoredState.Submission {
        .init(
            id: SubmissionID("s\(number)")!, number: number, conference: conference,
            file: FileID("f\(number)")!)
    }

    private func file(_ number: Int) -> StoredState.File {
        .init(
            id: FileID("f\(number)")!, blob: .init("f\(number)")!, byteCount: 3, sha256: "abc",
            submission: SubmissionID("s\(number)"))
    }

    /// Two submissions, one of them reviewed, in a conference whose decisions are released.
    private func whole() -> StoredState {
        var state = StoredState()
        state.conferences = [.init(id: conference, chairs: [], state: .released)]
        state.submissions = [submission(1), submission(2)]
        state.numbers[conference.text] = .init(last: 2)
        for number in 1...2 {
            state.files["f\(number)"] = file(number)
            state.contents["f\(number)"] = .init(byteCount: 3, sha256: "abc")
        }
        state.conflictLists["s1"] = .init(accounts: [AccountID("a2")])
        state.dossiers = [
            .init(
                submission: SubmissionID("s1"), conference: conference, number: 1,
                assignments: [.init(account: reviewer, review: review, isBegun: true)],
                conflicts: [AccountID("a2")], quarantined: [])
        ]
        state.reviews["r1"] = .init(
            id: review, submission: SubmissionID("s1"), reviewer: reviewer,
            confirmed: [.init(number: 1)])
        state.texts = ["r1/1"]
        state.releases[conference.text] = .init(stage: .decisions)
        state.notifications = [.init(receiver: reviewer, sequence: 1)]
        state.inboxes["a1"] = .init(last: 1)
        return state
    }

    private func broken(_ change: (inout StoredState) -> Void) -> [String] {
        var state = whole()
        change(&state)
        let judge = StoredInvariants(state)
        return (judge.findings() + judge.unfinished()).map(\.invariant)
    }

    @Test func `a whole installation and an empty one are well`() {
        #expect(broken { _ in } == [])
        #expect(broken { $0 = StoredState() } == [])
    }

    @Test func `a submission that is gone leaves its number`() {
        #expect(broken { $0.submissions.removeLast() } == [Invariant.noLoss])
        #expect(broken { $0.numbers = [:] } == [Invariant.noLoss])
    }

    @Test func `a number that two submissions have is found`() {
        let found = broken {
            $0.submissions.append(
                .init(
                    id: SubmissionID("s3"), number: 2, conference: conference, file: FileID("f2")))
        }
        #expect(found.contains(Invariant.oneEffect))
    }

    @Test func `a file that is gone, shorter or another one is lost`() {
        #expect(broken { $0.files["f1"] = nil } == [Invariant.noLoss])
        #expect(broken { $0.contents["f1"] = nil } == [Invariant.noLoss])
        #expect(broken { $0.contents["f1"]?.byteCount = 2 } == [Invariant.noLoss])
        #expect(broken { $0.contents["f1"]?.sha256 = "abd" } == [Invariant.noLoss])
        #expect(broken { $0.files["f1"]?.submission = SubmissionID("s2") } == [Invariant.oneEffect])
    }

    @Test func `an old content that nobody names is found, a young one is none`() {
        #expect(broken { $0.orphans = ["f9"] } == [Invariant.complete])
        #expect(broken { $0.namelessCount = 1 } == [])
    }

    @Test func `a conflict that is not fenced may still come, one that reviews may not`() {
        #expect(
            broken { $0.dossiers[0].conflicts = [] }
                == [Invariant.inTheEnd(Invariant.conflictEnds)])
        #expect(
            broken { $0.dossiers[0].conflicts.append(reviewer) } == [Invariant.conflictEnds])
    }

    @Test func `a reviewer who stands twice is found`() {
        #expect(
            broken {
                $0.dossiers[0].assignments.append(
                    .init(account: reviewer, review: ReviewID("r2"), isBegun: false))
            } == [Invariant.assignmentBounds])
    }

    @Test func `a review or a confirmed text that is gone is lost`() {
        #expect(broken { $0.reviews = [:] } == [Invariant.noLoss])
        #expect(broken { $0.texts = [] } == [Invariant.noLoss])
        #expect(
            broken { $0.reviews["r1"]?.reviewer = AccountID("a9") } == [Invariant.reviewsBelong])
    }

    @Test func `inboxes have each number once`() {
        #expect(
            broken { $0.notifications.append(.init(receiver: reviewer, sequence: 1)) }
                == [Invariant.notified])
        #expect(broken { $0.inboxes["a1"]?.last = 2 } == [Invariant.notified])
    }

    @Test func `what is still to be told, given up or lost on the bus is found`() {
        let (complete, conservation) = (
            Invariant.inTheEnd(Invariant.complete), Invariant.inTheEnd(Invariant.conservation)
        )
        #expect(broken { $0.waiting["DraftService"] = 1 } == [complete])
        #expect(broken { $0.waiting["DraftService"] = 0 } == [])
        #expect(broken { $0.lostEvents = ["e1"] } == [conservation])
        #expect(
            broken {
                $0.deadLetters["DraftService"] = [
                    .init(consumer: "notifications", expires: nil, deadLetter: "unreadable")
                ]
            } == [conservation])
    }

    @Test func `who accepted has joined, and who did not need not`() {
        let email = EmailAddress("p@example.org")!
        func invitation(_ role: CommitteeRole, _ status: InvitationStatus) -> [String] {
            broken {
                $0.invitations = [
                    .init(conference: conference, email: email, role: role, status: status)
                ]
            }
        }
        let complete = [Invariant.inTheEnd(Invariant.complete)]
        #expect(invitation(.member, .accepted) == complete)
        #expect(invitation(.chair, .accepted) == complete)
        #expect(invitation(.member, .pending) == [])
        #expect(
            broken {
                $0.invitations = [
                    .init(
                        conference: conference, email: email, role: .member, status: .accepted)
                ]
                $0.members = [
                    .init(conference: conference, account: reviewer, addresses: [email])
                ]
            } == [])
    }

    @Test func `a release has reached the conference`() {
        #expect(
            broken { $0.conferences[0].state = .decided }
                == [Invariant.inTheEnd(Invariant.complete)])
    }
}
