import PeerReview
import Platform
import StarchairAPI

/// A conference at its deadline: authors hand in, change and read, spies try, the chair closes.
public struct SubmissionRush: Sendable {
    /// How large the rush is.
    public struct Size: Sendable {
        /// Authors.
        public var authorCount = 8
        /// Submissions of each.
        public var submissionCount = 2
        /// Bytes that a file has more than it needs.
        public var fillerByteCount = 600

        /// The usual size.
        public init() {}
    }

    /// How large it is.
    public let size: Size
    let town: Town

    /// A rush of some size in a world.
    public init(_ size: Size, in town: Town) {
        self.size = size
        self.town = town
    }

    /// The chair proposes a conference, the administrator approves it, the chair opens it.
    public func prepare(chair: Visitor, administrator: Visitor) async -> ConferenceID? {
        guard await Arrival(visitor: chair, town: town).arrive() else { return nil }
        guard await enter(administrator) else { return nil }
        let proposed = await insist(chair) {
            var settings = ConferenceSettings.standard
            settings.committeeSizeMinimum = 0
            return await chair.propose(
                shortForm: "DSN", fullName: "Dependable Systems and Networks",
                settings: settings)
        }
        guard let id = proposed?.id else { return nil }
        _ = await insist(administrator) { await administrator.approve(id) }
        guard await move(id, to: .submitting, by: chair) else { return nil }
        return id
    }

    /// Signs an administrator in by the first link that works.
    func enter(_ administrator: Visitor) async -> Bool {
        for token in town.administratorTokens {
            let told = await insist(administrator) { await administrator.redeemLink(token) }
            if told != nil { return true }
        }
        return false
    }

    /// Opens or closes the conference, and records it.
    public func move(
        _ id: ConferenceID, to state: ConferenceState, by chair: Visitor
    ) async -> Bool {
        for _ in 0..<Arrival.roundCountMaximum {
            let told = await town.history.record(.move(id, to: state), by: chair.name) {
                await chair.move(id, to: state)
            }
            if told.value != nil || told.code == "wrongState" { return true }
        }
        return false
    }

    /// What one author does.
    public func author(_ visitor: Visitor, to conference: ConferenceID) async {
        guard await Arrival(visitor: visitor, town: town).arrive() else { return }
        for number in 1...size.submissionCount {
            await submit(number, visitor, conference)
            await changeOne(visitor)
            await spy(visitor)
        }
    }

    /// One paper: handed in again, under another title, while the window is closed.
    private func submit(
        _ number: Int, _ visitor: Visitor, _ conference: ConferenceID
    ) async {
        for attempt in ["", ", again", ", once more", ", for the last time"] {
            let title = "Paper \(number) of \(visitor.name)\(attempt)"
            guard await submit(title, visitor, conference) == "windowClosed" else { return }
            let pause = visitor.platform.random.duration(below: .seconds(1), for: "closed")
            do { try await visitor.platform.clock.sleep(for: pause) } catch { return }
        }
    }

    /// Hands in a paper and looks at it; the code of a refusal, if it is refused.
    private func submit(
        _ title: String, _ visitor: Visitor, _ conference: ConferenceID
    ) async -> String? {
        let content = PaperPDF.bytes(title: title, fillerByteCount: size.fillerByteCount)
        let upload: Told<FileView> = await visitor.upload(
            content, name: "paper.pdf", intention: visitor.newIntention())
        guard let file = upload.value else { return upload.code }
        let intention = visitor.newIntention()
        let told = await town.history.record(
            .submit(conference: conference, title: title), by: visitor.name
        ) {
            await visitor.submit(
                title, to: conference, file: file.file_id, authors: coauthors(of: visitor),
                intention: intention)
        } seen: {
            .submission($0)
        }
        guard let view = told.value else { return told.code }
        _ = await town.history.record(.read(view.id), by: visitor.name) {
            await visitor.read(view.id)
        } seen: {
            .submission($0)
        }
        _ = await town.history.record(
            .download(file.file_id, content: content), by: visitor.name
        ) {
            await visitor.download(file.file_id)
        } seen: {
            .bytes($0)
        }
        _ = await town.history.record(.reuseID, by: visitor.name) {
            await visitor.submit(
                title + " in other words", to: conference, file: file.file_id, authors: [],
                intention: intention)
        } seen: {
            .submission($0)
        }
        return nil
    }

    /// The next author is a co-author, so that two people change one submission at once.
    func coauthors(of visitor: Visitor) -> [Author] {
        let digits = visitor.name.drop { !$0.isNumber }.prefix { $0.isNumber }
        guard let number = Int(digits),
            let address = EmailAddress(
                "author\(number % size.authorCount + 1)\(town.suffix)@example.org")
        else { return [] }
        return [Author(fullname: "Colleague of \(visitor.name)", email: address)]
    }

    func changeOne(_ visitor: Visitor) async {
        guard let own = await visitor.allDrafts("/api/draft/getDraftByAuthor"), !own.isEmpty
        else { return }
        let chosen = own[visitor.platform.random.below(own.count, for: "which to change")]
        // Sometimes from two tabs at once: one of the two changes must lose.
        let isDouble = visitor.platform.random.below(2, for: "two tabs") == 0
        async let second: Void = isDouble ? retitle(chosen, visitor) : ()
        await retitle(chosen, visitor)
        await second
        _ = await town.history.record(.read(chosen.id), by: visitor.name) {
            await visitor.read(chosen.id)
        } seen: {
            .submission($0)
        }
    }

    private func retitle(_ view: SubmissionView, _ visitor: Visitor) async {
        let mark = visitor.newIntention().prefix(6)
        let title = "\(view.summary ?? "") Changed by \(visitor.name) \(mark)"
        _ = await town.history.record(
            .retitle(view.id, from: view.version, title: title), by: visitor.name
        ) {
            await visitor.retitle(view.id, from: view.version, to: title)
        } seen: {
            .submission($0)
        }
    }

    /// Tries to read somebody else's submission and its file.
    func spy(_ visitor: Visitor) async {
        let own = EmailAddress("\(visitor.name)@example.org")
        let others = town.history.entries.compactMap { entry -> SubmissionView? in
            guard case .submission(let view) = entry.outcome,
                view.authors?.contains(where: { $0.email == own }) == false
            else { return nil }
            return view
        }
        guard !others.isEmpty else { return }
        let view = others[visitor.platform.random.below(others.count, for: "whom to spy on")]
        _ = await town.history.record(.spy(view.id), by: visitor.name) {
            await visitor.read(view.id)
        } seen: {
            .submission($0)
        }
        guard let file = view.file_id else { return }
        _ = await town.history.record(.spy(view.id), by: visitor.name) {
            await visitor.download(file)
        } seen: {
            .bytes($0)
        }
    }

    /// What the chair finds when all is quiet, every file read too; nil when it could not be.
    public func audit(_ conference: ConferenceID, by chair: Visitor) async -> [SubmissionView]? {
        let path = "/api/draft/getDraftByConference/\(conference.text)"
        guard let found = await chair.allDrafts(path) else { return nil }
        for view in found {
            guard let file = view.file_id, let content = content(of: view) else { continue }
            _ = await town.history.record(.download(file, content: content), by: chair.name) {
                await chair.download(file)
            } seen: {
                .bytes($0)
            }
        }
        return found
    }

    /// The file that was handed in with a submission: its text names it for good.
    private func content(of view: SubmissionView) -> [UInt8]? {
        guard let summary = view.summary, summary.hasPrefix("About "), summary.hasSuffix(".")
        else { return nil }
        let title = String(summary.dropFirst("About ".count).dropLast())
        return PaperPDF.bytes(title: title, fillerByteCount: size.fillerByteCount)
    }

    /// Repeats an intention until it is told to be done; nil when it never was.
    func insist<Value: Sendable>(
        _ visitor: Visitor, _ body: () async -> Told<Value>
    ) async -> Value? {
        for _ in 0..<Arrival.roundCountMaximum {
            let told = await body()
            if let value = told.value { return value }
            if told.code == "wrongState" || told.code == "invalidLink" { return nil }
        }
        return nil
    }
}
