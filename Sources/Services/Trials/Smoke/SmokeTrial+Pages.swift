import StarchairAPI

extension SmokeTrial {
    /// A page that is open during a whole conference.
    struct OpenPage {
        var title: String
        var person: Visitor
        var log: LiveLog
        var port: any LivePort
    }

    /// Two pages of an author, one of which loses its connection again and again, and one of a
    /// reviewer.
    struct OpenPages {
        var steady: OpenPage
        var breaking: OpenPage
        var reviewer: OpenPage
        var breakingPort: BreakingLivePort

        var all: [OpenPage] { [steady, breaking, reviewer] }
    }

    /// How long after everything was shown a notification may come that must not.
    private static let restTime = Duration.seconds(1)

    /// Does something while the pages are open.
    func withOpenPages(
        of cast: Cast, _ body: (OpenPages) async throws -> Void
    ) async throws {
        let pages = pages(of: cast)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for page in pages.all {
                group.addTask {
                    await LivePage(of: page.person, port: page.port, log: page.log).run()
                }
            }
            try await body(pages)
            for page in pages.all { page.log.close() }
            group.cancelAll()
        }
    }

    private func pages(of cast: Cast) -> OpenPages {
        let breaking = BreakingLivePort(stage.live)
        func page(_ title: String, _ person: Visitor, _ port: any LivePort) -> OpenPage {
            OpenPage(
                title: title, person: person, log: LiveLog(person: person.name), port: port)
        }
        return OpenPages(
            steady: page("an author's page", cast.authors[0], stage.live),
            breaking: page("the author's page that comes back", cast.authors[0], breaking),
            reviewer: page("a reviewer's page", cast.reviewers[0], stage.live),
            breakingPort: breaking)
    }

    /// Each page showed its person's inbox.
    func lookAtPages(_ pages: OpenPages) async throws {
        for page in pages.all {
            try await within("\(page.title) shows as much as the inbox holds") {
                guard let inbox = await page.person.inbox() else { return false }
                return page.log.sequences.count >= inbox.count
            }
        }
        try await stage.platform.clock.sleep(for: Self.restTime)
        for page in pages.all {
            let inbox = await page.person.inbox()?.map(\.sequence).sorted() ?? []
            let shown = page.log.sequences
            report.check(
                "\(page.title) shows each notification once and in order",
                !inbox.isEmpty && inbox == (1...Int64(inbox.count)).map(\.self)
                    && shown == inbox,
                found: "it shows \(shown), and the inbox holds \(inbox)")
            report.check(
                "\(page.title) shows notifications only", page.log.unreadableCount == 0,
                found: "\(page.log.unreadableCount) texts were none")
        }
        report.check(
            "two pages of one person show the same",
            pages.steady.log.sequences == pages.breaking.log.sequences,
            found: "\(pages.steady.log.sequences) and \(pages.breaking.log.sequences)")
        let count = pages.breakingPort.connectionCount
        report.check(
            "the page whose connection breaks has come back", count >= 2,
            found: "it had \(count) connections")
    }
}
