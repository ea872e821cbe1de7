import PeerReview
import Platform
import StarchairAPI

extension WholeConference {
    /// What a member of the committee does.
    public func reviewer(_ visitor: Visitor) async {
        guard await arrive(visitor), await accept(visitor, as: .member),
            await wait(visitor, for: .bidding)
        else { return }
        await bid(visitor)
        programme.finish(.bidding, visitor.name)
        guard await wait(visitor, for: .reviewing) else { return }
        await reviewAll(visitor)
        programme.finish(.reviewing, visitor.name)
        guard await wait(visitor, for: .discussing) else { return }
        await lookBack(visitor)
        await discuss(visitor)
        await lookBack(visitor)
        programme.finish(.discussing, visitor.name)
        guard await wait(visitor, for: .reading) else { return }
        await sayTooLate(visitor)
        programme.finish(.reading, visitor.name)
    }

    private func bid(_ visitor: Visitor) async {
        guard let conference else { return }
        let listed = await list(visitor, conference)
        for submission in listed {
            if chance(visitor, permille: size.conflictPermille) {
                await declareConflict(visitor, submission)
            } else if chance(visitor, permille: 600),
                let bid = Bid(
                    rawValue: visitor.platform.random.below(41, for: "bid") - 20)
            {
                _ = await settled(visitor) { await visitor.bid(bid, for: submission) }
            }
        }
        _ = await list(visitor, conference)
    }

    /// The submissions that one sees, recorded.
    private func list(_ visitor: Visitor, _ conference: ConferenceID) async -> [SubmissionID] {
        let told = await town.history.record(.list(conference), by: visitor.name) {
            await settled(visitor) { () -> Told<[SubmissionView]> in
                let path = "/api/draft/visible/\(conference.text)"
                return await visitor.allDrafts(path).map { .done($0) } ?? .unknown
            }
        } seen: {
            .submissions($0.map(\.id))
        }
        return told.value?.map(\.id) ?? []
    }

    /// Declares the own conflict, then tries to look all the same.
    private func declareConflict(_ visitor: Visitor, _ submission: SubmissionID) async {
        guard let account = programme.account(of: visitor.name) else { return }
        let told = await settled(visitor) {
            await town.history.record(
                .declareConflict(submission, of: account), by: visitor.name
            ) {
                await visitor.declareConflict(of: nil, with: submission)
            }
        }
        if told.value != nil { await spy(visitor, submission) }
    }

    /// Tries to see something of a submission that is none of one's business any more.
    func spy(_ visitor: Visitor, _ submission: SubmissionID) async {
        _ = await town.history.record(.spy(submission), by: visitor.name) {
            await visitor.read(submission)
        } seen: {
            .submission($0)
        }
        _ = await town.history.record(.spy(submission), by: visitor.name) {
            await visitor.reviewProcess(of: submission)
        } seen: {
            .process($0)
        }
        _ = await town.history.record(.spy(submission), by: visitor.name) {
            await visitor.thread(of: submission)
        }
    }

    /// Tries once more, long after it, to see what one has to do with no longer.
    private func lookBack(_ visitor: Visitor) async {
        let lost = town.history.entries.compactMap { entry -> SubmissionID? in
            guard entry.person == visitor.name, entry.outcome == .done else { return nil }
            switch entry.operation {
            case .decline(let id), .declareConflict(let id, _): return id
            default: return nil
            }
        }
        guard !lost.isEmpty else { return }
        for submission in Set(lost).sorted() { await spy(visitor, submission) }
        if let conference { _ = await list(visitor, conference) }
    }

    private func reviewAll(_ visitor: Visitor) async {
        for process in await settledAssignments(visitor) {
            _ = await visitor.read(process.draftId)
            if chance(visitor, permille: size.declinePermille) {
                await decline(visitor, process.draftId)
            } else if chance(visitor, permille: size.conflictPermille) {
                // Somebody finds out in one tab while the review is confirmed in the other.
                async let conflict: Void = declareConflict(visitor, process.draftId)
                await write(visitor, process.draftId, from: 0, confirm: true)
                await conflict
            } else {
                await review(visitor, process.draftId)
            }
            // Some find out late whom they reviewed.
            if chance(visitor, permille: size.conflictPermille / 2) {
                await declareConflict(visitor, process.draftId)
            }
        }
    }

    private func settledAssignments(_ visitor: Visitor) async -> [ReviewProcessView] {
        for _ in 0..<Self.roundCountMaximum {
            if let found = await visitor.ownAssignments() { return found }
            await rest(visitor, atMost: .seconds(1))
        }
        return []
    }

    private func decline(_ visitor: Visitor, _ submission: SubmissionID) async {
        let told = await settled(visitor) {
            await town.history.record(.decline(submission), by: visitor.name) {
                await visitor.decline(submission)
            }
        }
        if told.value != nil { await spy(visitor, submission) }
    }

    /// Keeps a draft, then confirms, sometimes from two tabs at once.
    private func review(_ visitor: Visitor, _ submission: SubmissionID) async {
        var version: Int64 = 0
        if chance(visitor, permille: 500) {
            version = await write(visitor, submission, from: 0, confirm: false) ?? 0
        }
        let isDouble = chance(visitor, permille: 300)
        let from = version
        async let second: Int64? =
            isDouble
            ? write(visitor, submission, from: from, confirm: true) : nil
        _ = await write(visitor, submission, from: from, confirm: true)
        _ = await second
        await makeSure(visitor, submission)
    }

    /// Looks what became of it, and confirms if nothing is confirmed.
    private func makeSure(_ visitor: Visitor, _ submission: SubmissionID) async {
        for _ in 0..<Self.roundCountMaximum {
            let told = await readProcess(visitor, submission)
            if case .refused = told { return }
            if let own = told.value?.reviews.first(where: { $0.version != nil }) {
                if own.status == .confirmed { return }
                _ = await write(visitor, submission, from: own.version ?? 0, confirm: true)
            }
            await rest(visitor, atMost: .milliseconds(500))
        }
    }

    @discardableResult
    func write(
        _ visitor: Visitor, _ submission: SubmissionID, from version: Int64, confirm: Bool,
        score: Score = .accept
    ) async -> Int64? {
        let text = "Review \(mark(visitor))"
        let review = WriteReview(
            draftId: submission, version: version, score: score, confidence: .high,
            comment: text, remarks: "Remarks to \(text)", confirm: confirm)
        let told = await town.history.record(
            .review(submission, from: version, text: text, confirm: confirm), by: visitor.name
        ) {
            await visitor.write(review)
        } seen: {
            .review($0)
        }
        return told.value?.version
    }

    @discardableResult
    func readProcess(
        _ visitor: Visitor, _ submission: SubmissionID
    ) async -> Told<ReviewProcessView> {
        await town.history.record(.readProcess(submission), by: visitor.name) {
            await visitor.reviewProcess(of: submission)
        } seen: {
            .process($0)
        }
    }

    private func discuss(_ visitor: Visitor) async {
        for process in await settledAssignments(visitor) {
            let told = await readProcess(visitor, process.draftId)
            guard let own = told.value?.reviews.first(where: { $0.version != nil }),
                own.status == .confirmed
            else { continue }
            let post = await say(visitor, process.draftId)
            if chance(visitor, permille: 300) {
                await write(
                    visitor, process.draftId, from: own.version ?? 0, confirm: true,
                    score: .weakReject)
            }
            if let post, chance(visitor, permille: 300) {
                _ = await visitor.reply("Reply \(mark(visitor))", to: post.id)
            }
        }
    }

    @discardableResult
    private func say(_ visitor: Visitor, _ submission: SubmissionID) async -> PostView? {
        let text = "Post \(mark(visitor))"
        return await town.history.record(.say(submission, text: text), by: visitor.name) {
            await visitor.say(text, about: submission)
        } seen: {
            .post($0)
        }.value
    }

    /// What is said after the release is refused.
    private func sayTooLate(_ visitor: Visitor) async {
        guard let process = await settledAssignments(visitor).first else { return }
        await say(visitor, process.draftId)
    }
}
