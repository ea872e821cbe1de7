import Platform
import StarchairAPI
import Synchronization

extension SmokeTrial {
    /// Hands in submissions from several people at once, as fast as they are answered.
    ///
    /// - Returns: how many were acknowledged, and whether the installation was there to the end.
    public func load(
        authorCount: Int, for duration: Duration,
        onAcknowledged: @escaping @Sendable (Int) -> Void
    ) async throws -> (acknowledgedCount: Int, isComplete: Bool) {
        let conference = try await openForLoad()
        var authors: [Visitor] = []
        for number in 1...authorCount { authors.append(try await arrive("load\(number)")) }
        let end = stage.platform.clock.uptime + duration
        let count = AcknowledgedCount(onAcknowledged)
        let isComplete = try await withThrowingTaskGroup(of: Bool.self) { group in
            for author in authors {
                group.addTask {
                    try await self.load(author, conference, until: end, count)
                }
            }
            return try await group.reduce(true) { $0 && $1 }
        }
        return (count.value, isComplete)
    }

    private func openForLoad() async throws -> ConferenceID {
        for entry in try await journal.entries().reversed() {
            if case .conference(let view, _) = entry, view.status == .submitting { return view.id }
        }
        throw Stopped(description: "there is no conference yet: run smoke without --load first")
    }

    /// One author's part; false when an answer stayed away.
    private func load(
        _ author: Visitor, _ conference: ConferenceID, until end: Duration,
        _ count: AcknowledgedCount
    ) async throws -> Bool {
        var number = 0
        while stage.platform.clock.uptime < end {
            number += 1
            let title = "Load \(number) of \(author.name)"
            let content = PaperPDF.bytes(title: title, fillerByteCount: 20_000)
            let uploaded: Told<FileView> = await author.upload(
                content, name: "load.pdf", intention: author.newIntention())
            guard let file = uploaded.value else { return false }
            let told = await author.submit(
                title, to: conference, file: file.file_id, authors: [],
                intention: author.newIntention())
            switch told {
            case .done(let view):
                try await journal.append(
                    .submission(view, author: author.name, sha256: Self.sha256(content)))
                count.add()
            case .unknown:
                try await journal.append(.unanswered(conference: conference, title: title))
                return false
            case .refused:
                report.check("a submission under load is accepted", false, found: "\(told)")
                return true
            }
        }
        return true
    }
}

/// How many submissions were acknowledged to all people together.
private final class AcknowledgedCount: Sendable {
    private let count = Mutex(0)
    private let onChange: @Sendable (Int) -> Void

    init(_ onChange: @escaping @Sendable (Int) -> Void) { self.onChange = onChange }

    var value: Int { count.withLock { $0 } }

    func add() {
        onChange(
            count.withLock { count in
                count += 1
                return count
            })
    }
}
