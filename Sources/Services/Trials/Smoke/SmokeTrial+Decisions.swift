import PeerReview
import Platform
import StarchairAPI

extension SmokeTrial {
    /// How long something that others must hear of may take.
    private static let patience = Duration.seconds(20)

    /// Waits until something is so.
    func within(_ what: String, _ isSo: () async -> Bool) async throws {
        let clock = stage.platform.clock
        let end = clock.uptime + Self.patience
        var isTrue = await isSo()
        while !isTrue, clock.uptime < end {
            try await clock.sleep(for: .milliseconds(100))
            isTrue = await isSo()
        }
        report.check(what, isTrue)
    }

    func discuss(_ cast: Cast, _ submissions: [SubmissionView]) async throws {
        _ = try must("discussing begins", await cast.chair.move(cast.conference, to: .discussing))
        let reviewer = cast.reviewers[0]
        guard let process = await reviewer.ownAssignments()?.first,
            let own = process.reviews.first(where: { $0.version != nil })
        else { throw Stopped(description: "a reviewer lost the assignments") }
        var changed = Self.review(
            of: process.draftId, version: own.version ?? 0, text: "On second thought.")
        changed.score = .weakReject
        let silent = await reviewer.write(changed)
        report.check(
            "who changes a score discusses first", silent.code == "discussFirst",
            found: "\(silent)")
        let post = try must(
            "a reviewer says something",
            await reviewer.say("I doubt the second theorem.", about: process.draftId))
        _ = try must(
            "the chair answers", await cast.chair.reply("Please say more.", to: post.id))
        _ = try must("then the score may change", await reviewer.write(changed))
        let thread = try must(
            "the chair reads the discussion", await cast.chair.thread(of: process.draftId))
        report.check(
            "the post and its answer stand there",
            thread.posts.map(\.content) == ["I doubt the second theorem."]
                && thread.posts.first?.comments.map(\.content) == ["Please say more."])
        for author in cast.authors {
            let told = await author.thread(of: process.draftId)
            report.check(
                "authors see no discussion", told.code == "noSuchSubmission", found: "\(told)")
        }
        _ = try must("it is time to decide", await cast.chair.move(cast.conference, to: .decided))
    }

    func decide(_ cast: Cast, _ submissions: [SubmissionView]) async throws {
        let early = await cast.chair.release(.decisions, of: cast.conference)
        report.check(
            "nothing is released while something is undecided", early.code == "undecided",
            found: "\(early)")
        for (submission, decision) in zip(submissions, [Decision.accept, .reject]) {
            _ = try must(
                "the chair decides",
                await cast.chair.decide(decision, about: submission.id, from: 0))
        }
        let own = await cast.authors[0].decide(.accept, about: submissions[0].id, from: 1)
        report.check("an author does not decide", own.code == "forbidden", found: "\(own)")
        let secret = try must(
            "an author looks again", await cast.authors[0].reviewProcess(of: submissions[0].id))
        report.check("and sees no decision yet", secret.decision == nil)
        _ = try must(
            "the decisions are released",
            await cast.chair.release(.decisions, of: cast.conference))
        let late = await cast.chair.decide(.accept, about: submissions[1].id, from: 1)
        report.check("then nothing is decided", late.code == "released", found: "\(late)")
        for (index, author) in cast.authors.enumerated() {
            let process = try must(
                "an author reads the decision",
                await author.reviewProcess(of: submissions[index].id))
            report.check(
                "it is the one that was made",
                process.decision?.decision == (index == 0 ? .accept : .reject))
        }
        try await within("the conference is in the state released") {
            await cast.chair.conference(cast.conference).value?.status == .released
        }
    }

    func lookAtInboxes(_ cast: Cast) async throws {
        for author in cast.authors {
            try await within("an author finds each notification once") {
                let kinds = await author.inbox()?.map(\.event.kind) ?? []
                return Set(kinds) == [.submissionReceived, .reviewsReleased, .decisionReleased]
                    && kinds.count == 3
            }
            guard let inbox = await author.inbox(), let newest = inbox.first else {
                throw Stopped(description: "an author has no inbox")
            }
            report.check(
                "the inbox is numbered without gaps", inbox.map(\.sequence) == [3, 2, 1])
            let read = try must("a notification is read", await author.markRead(newest.id))
            report.check("it stays read", read.status == .read)
            let foreign = await cast.chair.markRead(newest.id)
            report.check("by its receiver only", foreign.code == "noSuchNotification")
            let letters = await stage.letters().filter {
                $0.recipient == "\(author.name)@example.org" && $0.subject.contains("decision")
            }
            report.check(
                "the letter says what was decided",
                letters.count == 1
                    && letters.first?.text.contains(newest.event.parameters["decision"] ?? "-")
                        == true,
                found: "\(letters.count) letters")
        }
    }

    /// What a later run finds again.
    func keep(_ cast: Cast, _ submissions: [SubmissionView]) async throws {
        let view = try must("the conference is there", await cast.chair.conference(cast.conference))
        try await journal.append(.conference(view, chair: cast.chair.name))
        for (author, submission) in zip(cast.authors, submissions) {
            let process = try must(
                "the process is there", await author.reviewProcess(of: submission.id))
            try await journal.append(.reviewProcess(process, reader: author.name))
            let all = try must(
                "the chair sees all of it", await cast.chair.reviewProcess(of: submission.id))
            try await journal.append(.reviewProcess(all, reader: cast.chair.name))
        }
    }
}
