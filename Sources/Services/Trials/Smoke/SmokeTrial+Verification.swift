import StarchairAPI

extension SmokeTrial {
    /// Reads everything that was acknowledged to earlier runs and compares.
    public func verify(onObject: @escaping @Sendable (_ done: Int, _ total: Int) -> Void)
        async throws
    {
        let kept = Kept(try await journal.entries())
        guard !kept.submissions.isEmpty || !kept.conferences.isEmpty else {
            throw Stopped(
                description: "the journal holds nothing: run smoke without --verify first")
        }
        let total =
            kept.conferences.count + kept.submissions.count + kept.reviewProcesses.count
        var done = 0
        for (view, chair) in kept.conferences {
            let found: Told<ConferenceView> = await visitor(chair, kept).get(
                "/api/conference/getConferenceById/\(view.id.text)")
            report.check("\(view.shortenForm) is as it was", found.value == view, found: "\(found)")
            done += 1
            onObject(done, total)
        }
        for (view, reader) in kept.reviewProcesses {
            let found = await visitor(reader, kept).reviewProcess(of: view.draftId)
            report.check(
                "the reviews of #\(view.number) are as they were", found.value == view,
                found: "\(found)")
            done += 1
            onObject(done, total)
        }
        for kept in kept.submissions.map({ ($0, kept) }) {
            try await verify(kept.0, kept.1)
            done += 1
            onObject(done, total)
        }
        for conference in kept.conferences { await verifyList(of: conference, kept) }
    }

    private func verify(_ submission: Kept.Submission, _ kept: Kept) async throws {
        let author = await visitor(submission.author, kept)
        let title = submission.view.title ?? ""
        let found = await author.read(submission.view.id)
        report.check("\(title) is as it was", found.value == submission.view, found: "\(found)")
        guard let file = submission.view.file_id else { return }
        let bytes = await author.download(file)
        report.check(
            "the file of \(title) is as it was",
            bytes.value.map(Self.sha256) == submission.sha256)
    }

    /// Every acknowledged submission stands in the chair's list once, every unanswered one at
    /// most once, and nothing else.
    private func verifyList(
        of conference: (view: ConferenceView, chair: String), _ kept: Kept
    ) async {
        let chair = await visitor(conference.chair, kept)
        let path = "/api/draft/getDraftByConference/\(conference.view.id.text)"
        guard let found = await chair.allDrafts(path) else {
            return report.check("the chair of \(conference.view.shortenForm) reads the list", false)
        }
        // Those of a conference that is over were looked at one by one.
        guard conference.view.status == .submitting else { return }
        let acknowledged = Set(kept.submissions.map(\.view.id))
        let unanswered = kept.unanswered[conference.view.id] ?? []
        var times: [String: Int] = [:]
        for view in found where !acknowledged.contains(view.id) {
            times[view.title ?? "", default: 0] += 1
        }
        for (title, count) in times.sorted(by: { $0.key < $1.key }) {
            report.check(
                "\(title), never answered, is there once at most",
                count == 1 && unanswered.contains(title), found: "\(count) times")
        }
        report.check(
            "the numbers of \(conference.view.shortenForm) are given once",
            Set(found.map(\.number)).count == found.count)
    }

    private func visitor(_ name: String, _ kept: Kept) async -> Visitor {
        let visitor = Visitor(name, port: stage.port, platform: stage.platform)
        if let session = kept.sessions[name] { await visitor.resume(session) }
        return visitor
    }
}

/// What a journal says in the end: of each thing the last that was acknowledged.
private struct Kept {
    struct Submission {
        var view: SubmissionView
        var author: String
        var sha256: String
    }

    var sessions: [String: String] = [:]
    var conferences: [(view: ConferenceView, chair: String)] = []
    var submissions: [Submission] = []
    var reviewProcesses: [(view: ReviewProcessView, reader: String)] = []
    var unanswered: [ConferenceID: [String]] = [:]

    init(_ entries: [SmokeEntry]) {
        var places: [SubmissionID: Int] = [:]
        for entry in entries {
            switch entry {
            case .person(let name, let session): sessions[name] = session
            case .conference(let view, let chair): conferences.append((view, chair))
            case .reviewProcess(let view, let reader): reviewProcesses.append((view, reader))
            case .unanswered(let conference, let title):
                unanswered[conference, default: []].append(title)
            case .submission(let view, let author, let sha256):
                let submission = Submission(view: view, author: author, sha256: sha256)
                if let place = places[view.id] {
                    submissions[place] = submission
                } else {
                    places[view.id] = submissions.count
                    submissions.append(submission)
                }
            }
        }
    }
}
