import Crypto
import PeerReview
import Platform
import StarchairAPI

/// Plays the whole of the system over HTTP as its users would, and looks at every answer.
public struct SmokeTrial: Sendable {
    /// Where and how to play.
    public struct Stage: Sendable {
        /// A new way to the installation for each person.
        public var port: any HTTPPort
        /// A way to the installation's live connections.
        public var live: any LivePort
        /// Time and chance.
        public var platform: Platform
        /// Letters that have arrived.
        public var letters: @Sendable () async -> [SentLetter]
        /// Tokens of administrator's links.
        public var administratorTokens: [String]
        /// Tells apart the people of several runs on one installation: letters and digits.
        public var runName: String

        /// Describes where and how to play.
        public init(
            port: any HTTPPort, live: any LivePort, platform: Platform,
            letters: @escaping @Sendable () async -> [SentLetter],
            administratorTokens: [String], runName: String
        ) {
            self.port = port
            self.live = live
            self.platform = platform
            self.letters = letters
            self.administratorTokens = administratorTokens
            self.runName = runName
        }
    }

    /// Why a run cannot go on.
    public struct Stopped: Error, CustomStringConvertible {
        /// What happened and what to do.
        public let description: String
    }

    let stage: Stage
    let journal: any SmokeJournal
    let report: SmokeReport
    let town: Town

    static let administratorName = "administrator"
    static let authorCount = 3

    /// A run on a stage.
    public init(_ stage: Stage, journal: any SmokeJournal, report: SmokeReport) {
        self.stage = stage
        self.journal = journal
        self.report = report
        let clock = stage.platform.clock
        town = Town(
            letters: stage.letters, administratorTokens: stage.administratorTokens,
            history: History { clock.uptime })
    }

    /// Plays once.
    public func play() async throws {
        let administrator = try await administrator()
        try await playWholeConference(administrator)
        let conference = try await openConference(administrator)
        var authors: [Visitor] = []
        for number in 1...Self.authorCount { authors.append(try await arrive("author\(number)")) }
        for (index, author) in authors.enumerated() {
            let other = authors[(index + 1) % authors.count]
            try await handIn(author, other, conference.view)
        }
        try await refuse(authors[0], conference.view)
        let all = await conference.chair.allDrafts(
            "/api/draft/getDraftByConference/\(conference.view.id.text)")
        report.check(
            "the chair sees every submission", all?.count == authors.count,
            found: "\(all?.count ?? -1) of \(authors.count)")
    }

    /// A person who has registered, confirmed the address and signed in.
    func arrive(_ role: String) async throws -> Visitor {
        let name = "smoke-\(stage.runName)-\(role)"
        let visitor = Visitor(name, port: stage.port, platform: stage.platform)
        let hasArrived = await Arrival(visitor: visitor, town: town).arrive()
        report.check("\(role) registers, confirms the address and signs in", hasArrived)
        guard hasArrived, let session = await visitor.sessionToken else {
            throw Stopped(
                description: "\(role) could not sign in: is the installation up, and does --data "
                    + "name its folder, where its letters are?")
        }
        try await journal.append(.person(name: name, session: session))
        return visitor
    }

    /// The administrator, by the session of an earlier run or by a link.
    func administrator() async throws -> Visitor {
        let visitor = Visitor(
            Self.administratorName, port: stage.port, platform: stage.platform)
        for entry in try await journal.entries().reversed() {
            guard case .person(Self.administratorName, let session) = entry else { continue }
            await visitor.resume(session)
            let told: Told<Bool> = await visitor.get("/api/user/isAdmin")
            if told.value == true { return visitor }
        }
        for token in stage.administratorTokens {
            guard await visitor.redeemLink(token).value?.admin == true,
                let session = await visitor.sessionToken
            else { continue }
            try await journal.append(.person(name: Self.administratorName, session: session))
            return visitor
        }
        throw Stopped(
            description: "no administrator could sign in: print a new link with "
                + "`starchair administrator-link` and pass it with --administrator-link")
    }

    /// A conference that needs no committee and stays open, for more submissions to come.
    private func openConference(
        _ administrator: Visitor
    ) async throws -> (view: ConferenceView, chair: Visitor) {
        let chair = try await arrive("chair")
        var settings = ConferenceSettings.standard
        settings.committeeSizeMinimum = 0
        let proposed = await chair.propose(
            shortForm: "SMOKE \(stage.runName)",
            fullName: "Smoke Conference \(stage.runName) 烟 🔥", settings: settings)
        guard let id = proposed.value?.id else {
            throw Stopped(description: "no conference could be proposed: \(proposed)")
        }
        let own = await chair.approve(id)
        report.check("a chair may not approve", own.code == "forbidden", found: "\(own)")
        let approved = await administrator.approve(id)
        report.check("the administrator approves", approved.value?.status == .approved)
        let opened = await chair.move(id, to: .submitting)
        report.check("the chair opens submissions", opened.value?.status == .submitting)
        guard let view = opened.value else {
            throw Stopped(description: "the conference could not be opened: \(opened)")
        }
        try await journal.append(.conference(view, chair: chair.name))
        return (view, chair)
    }

    static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).hexadecimal
    }
}
