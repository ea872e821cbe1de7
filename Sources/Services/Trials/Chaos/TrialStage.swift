import Platform

/// Where trials of a real installation take place.
public struct TrialStage: Sendable {
    /// The way to it.
    public var port: any HTTPPort
    /// The way to its live connections.
    public var live: any LivePort
    /// Time, chance and tasks.
    public var platform: Platform
    /// The letters that have arrived whose recipients' names end like this, oldest first.
    public var letters: @Sendable (_ suffix: String) async -> [SentLetter]
    /// Tokens of administrator's links, as many as asked for.
    public var administratorTokens: @Sendable (_ count: Int) async -> [String]

    /// Describes a stage.
    public init(
        port: any HTTPPort, live: any LivePort, platform: Platform,
        letters: @escaping @Sendable (String) async -> [SentLetter],
        administratorTokens: @escaping @Sendable (Int) async -> [String]
    ) {
        self.port = port
        self.live = live
        self.platform = platform
        self.letters = letters
        self.administratorTokens = administratorTokens
    }

    /// Links for one administrator: an answer that is lost spends one.
    static let linkCount = 6
    /// Attempts at one intention: fewer than a patient visitor's, so that now and then nobody
    /// says what became of it.
    static let attemptCountMaximum = 4

    /// How long the last reads, letters and notifications may take after the faults.
    static let auditPhase = Duration.seconds(240)
    /// How long they may take at least, however late it is.
    static let auditMinimum = Duration.seconds(60)

    /// When a judgement that begins now stands.
    func auditEnd(healed: Duration) -> Duration {
        max(healed + Self.auditPhase, platform.clock.uptime + Self.auditMinimum)
    }

    /// A person of the trial.
    func visitor(_ name: String) -> Visitor {
        var configuration = Visitor.Configuration()
        configuration.attemptCountMaximum = Self.attemptCountMaximum
        return Visitor(name, port: port, platform: platform, configuration: configuration)
    }

    /// A town of its own within the installation.
    func town(_ suffix: String) async -> Town {
        let clock = platform.clock
        var town = Town(
            letters: { [letters] in await letters(suffix) },
            administratorTokens: await administratorTokens(Self.linkCount),
            history: History { clock.uptime })
        town.suffix = suffix
        return town
    }

    func rest(_ duration: Duration) async {
        // Who is cancelled looks for it itself.
        do { try await platform.clock.sleep(for: duration) } catch { return }
    }

    func rest(atMost duration: Duration) async {
        await rest(platform.random.duration(below: duration, for: "trial rest"))
    }
}
