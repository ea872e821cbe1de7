import PeerReview
import Platform
import StarchairAPI

extension SmokeTrial {
    /// The people of a whole conference.
    struct Cast {
        var administrator: Visitor
        var chair: Visitor
        var reviewers: [Visitor]
        var authors: [Visitor]
        var conference: ConferenceID
    }

    /// Plays a conference from the invitations to the release of the decisions.
    func playWholeConference(_ administrator: Visitor) async throws {
        let cast = try await convene(administrator)
        try await withOpenPages(of: cast) { pages in
            let submissions = try await collect(cast)
            try await bidAndAssign(cast, submissions)
            try await review(cast, submissions)
            try await discuss(cast, submissions)
            try await decide(cast, submissions)
            try await lookAtInboxes(cast)
            try await lookAtPages(pages)
            try await keep(cast, submissions)
        }
        try await endSession(of: cast.authors[0])
    }

    /// Does something that must work for the rest to make sense.
    func must<Value>(_ what: String, _ told: Told<Value>) throws -> Value {
        report.check(what, told.value != nil, found: "\(told)")
        guard let value = told.value else {
            throw Stopped(description: "it could not be: \(what) (\(told))")
        }
        return value
    }

    private func convene(_ administrator: Visitor) async throws -> Cast {
        let chair = try await arrive("flow-chair")
        var settings = ConferenceSettings.standard
        settings.reviewersPerSubmission = 2
        let proposed = try must(
            "a conference is proposed",
            await chair.propose(
                shortForm: "FLOW \(stage.runName)", fullName: "Conference \(stage.runName)",
                settings: settings))
        _ = try must("it is approved", await administrator.approve(proposed.id))
        let early = await chair.move(proposed.id, to: .submitting)
        report.check(
            "a conference without a committee does not open", early.code == "committeeTooSmall",
            found: "\(early)")
        var reviewers: [Visitor] = []
        for number in 1...3 {
            reviewers.append(try await invited("reviewer\(number)", to: proposed.id, by: chair))
        }
        try await within("the committee has three members") {
            await chair.members(of: proposed.id)?.count == 3
        }
        _ = try must("the conference opens", await chair.move(proposed.id, to: .submitting))
        try await moveDeadline(of: proposed.id, by: chair)
        var authors: [Visitor] = []
        for number in 1...2 { authors.append(try await arrive("flow-author\(number)")) }
        return Cast(
            administrator: administrator, chair: chair, reviewers: reviewers,
            authors: authors, conference: proposed.id)
    }

    private func moveDeadline(of conference: ConferenceID, by chair: Visitor) async throws {
        let now = stage.platform.clock.now
        let past = await chair.moveDeadline(of: conference, to: now - .seconds(60))
        report.check(
            "a deadline in the past is refused", past.code == "invalidField", found: "\(past)")
        for deadline in [now + .seconds(86_400), nil] {
            let moved = try must(
                "the chair moves the deadline",
                await chair.moveDeadline(of: conference, to: deadline))
            report.check(
                "the deadline is the new one",
                moved.stopSubmittingTime?.description == deadline?.description,
                found: "\(moved)")
        }
    }

    /// Somebody who is invited by address, registers with it and accepts.
    private func invited(
        _ role: String, to conference: ConferenceID, by chair: Visitor
    ) async throws -> Visitor {
        let name = "smoke-\(stage.runName)-\(role)"
        guard let address = EmailAddress("\(name)@example.org") else {
            preconditionFailure("the address of \(name) is well formed")
        }
        let invitation = try must(
            "\(role) is invited", await chair.invite(address, to: conference))
        let stranger = await chair.answer(invitation.id, accept: true)
        report.check(
            "nobody else accepts the invitation", stranger.code == "otherAddress",
            found: "\(stranger)")
        let reviewer = try await arrive(role)
        let received = try must(
            "\(role) finds the invitation", await reviewer.receivedInvitations())
        report.check(
            "it is the invitation that was sent", received.items.map(\.id) == [invitation.id])
        _ = try must("\(role) accepts", await reviewer.answer(invitation.id, accept: true))
        let again = await reviewer.answer(invitation.id, accept: true)
        report.check("an invitation is answered once", again.code == "alreadyAnswered")
        return reviewer
    }

    private func collect(_ cast: Cast) async throws -> [SubmissionView] {
        var submissions: [SubmissionView] = []
        for author in cast.authors {
            let title = "On Flow, by \(author.name)"
            let content = PaperPDF.bytes(title: title, fillerByteCount: 4_000)
            let file: FileView = try must(
                "a paper is uploaded",
                await author.upload(
                    content, name: "paper.pdf", intention: author.newIntention()))
            submissions.append(
                try must(
                    "a paper is handed in",
                    await author.submit(
                        title, to: cast.conference, file: file.file_id, authors: [],
                        intention: author.newIntention())))
        }
        _ = try must("bidding begins", await cast.chair.move(cast.conference, to: .bidding))
        return submissions
    }

    private func bidAndAssign(_ cast: Cast, _ submissions: [SubmissionView]) async throws {
        let (first, last) = (cast.reviewers[0], cast.reviewers[2])
        let path = "/api/draft/visible/\(cast.conference.text)"
        let seen = await first.allDrafts(path)
        report.check(
            "a member sees the titles and not the authors while bidding",
            seen?.count == submissions.count
                && seen?.allSatisfy { $0.title != nil && $0.authors == nil } == true)
        for submission in submissions {
            _ = try must(
                "a member bids", await first.bid(Bid(rawValue: 10)!, for: submission.id))
        }
        _ = try must(
            "a member declares a conflict",
            await last.declareConflict(of: nil, with: submissions[0].id))
        let hidden = await last.read(submissions[0].id)
        report.check(
            "who is conflicted sees nothing at once", hidden.code == "noSuchSubmission")
        let few = await last.allDrafts(path)
        report.check("nor in lists", few?.map(\.id) == [submissions[1].id])
        _ = try must("assigning begins", await cast.chair.move(cast.conference, to: .assigning))
        let summary = try must(
            "reviewers are assigned",
            await cast.chair.assignReviewers(in: cast.conference))
        report.check(
            "each submission has two reviewers", summary.assignments == 2 * submissions.count,
            found: "\(summary)")
        _ = try must("reviewing begins", await cast.chair.move(cast.conference, to: .reviewing))
    }

    private func review(_ cast: Cast, _ submissions: [SubmissionView]) async throws {
        for reviewer in cast.reviewers {
            guard let assigned = await reviewer.ownAssignments() else {
                throw Stopped(description: "a reviewer does not see the own assignments")
            }
            for process in assigned { try await write(reviewer, process) }
        }
        let outsider = await cast.authors[0].write(
            Self.review(of: submissions[1].id, version: 0, text: "Mine is better."))
        report.check(
            "who is not assigned does not review", outsider.code == "noSuchSubmission",
            found: "\(outsider)")
        let early = try must(
            "an author looks at the own submission's process",
            await cast.authors[0].reviewProcess(of: submissions[0].id))
        report.check("there is nothing to see before the release", early.reviews.isEmpty)
        _ = try must(
            "the reviews are released", await cast.chair.release(.reviews, of: cast.conference))
        _ = try must("rebuttal begins", await cast.chair.move(cast.conference, to: .rebuttal))
        for (author, submission) in zip(cast.authors, submissions) {
            let process = try must(
                "an author reads the reviews", await author.reviewProcess(of: submission.id))
            report.check(
                "two reviews, without remarks and names",
                process.reviews.count == 2
                    && process.reviews.allSatisfy {
                        $0.comment != nil && $0.remarks == nil && $0.pcMemberId == nil
                    }, found: "\(process)")
            _ = try must(
                "an author answers",
                await author.rebut(submission.id, from: 0, text: "We thank the reviewers."))
        }
    }

    private func write(_ reviewer: Visitor, _ process: ReviewProcessView) async throws {
        var draft = Self.review(of: process.draftId, version: 0, text: "Draft.")
        draft.confirm = false
        let kept = try must("a draft is kept", await reviewer.write(draft))
        let stale = await reviewer.write(draft)
        report.check(
            "an older draft does not replace it", stale.code == "versionConflict",
            found: "\(stale)")
        let confirmed = try must(
            "a review is confirmed",
            await reviewer.write(
                Self.review(
                    of: process.draftId, version: kept.version ?? 0,
                    text: "Review by \(reviewer.name)")))
        report.check("it counts", confirmed.status == .confirmed)
    }

    static func review(of submission: SubmissionID, version: Int64, text: String) -> WriteReview {
        WriteReview(
            draftId: submission, version: version, score: .accept, confidence: .high,
            comment: text, remarks: "Between us: good.", confirm: true)
    }
}
