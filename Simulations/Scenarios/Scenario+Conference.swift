import ClusterSimulator
import Platform
import Trials

extension Scenario {
    /// A whole conference with everything that can go wrong.
    public static func wholeConference(_ plant: Plant? = nil) -> Scenario {
        conference(
            "whole-conference",
            "Invitations to decisions: 8 submissions, 6 reviewers, two instances of each service.",
            Adversity(), plant, faults: network + nodes + storage + broker + cache + consul)
    }

    /// The same conference, each time with another kind of trouble in the foreground.
    static func conferencesInTrouble(_ plant: Plant?) -> [Scenario] {
        [
            conference(
                "registry-ttl-expiry",
                "Nodes stand still longer than their time to live, crash, and stay away.",
                expiry, plant,
                faults: ["pause", "crash", "graceful stop"],
                sometimes: ["consul: check expired", "calls to an instance that was gone"],
                seldom: [workTimed], judgesRegistry: true),
            conference(
                "registry-down", "Consul has no leader, no quorum, no memory, or is not there.",
                registry, plant, faults: consul + ["crash"]),
            conference(
                "partitioned-release", "Links are cut again and again while all is decided.",
                partition, plant, faults: network + ["partition", "message met a cut"],
                seldom: ["sometimes: restarted"]),
            conference(
                "broken-connections",
                "Calls go over byte streams as between real pods; they break at any byte.",
                streams, plant,
                faults: ["reset connection", "stream met a cut", "partition", "crash"],
                seldom: [workTimed]),
            conference(
                "crash-everywhere", "Nodes die between any two steps, and while they come back.",
                crash, plant, faults: ["crash", "graceful stop", "files power loss"],
                seldom: [toldNothing, workTimed]),
            conference(
                "broker-trouble", "Events are lost, late, twice, in disorder, and held back.",
                brokerTrouble, plant, faults: broker, seldom: [toldNothing]),
            conference(
                "two-chairs",
                "Two chairs assign and decide at once, and what they say comes twice.",
                chairs, plant,
                faults: ["duplicated request", "late reply", "reordered message", "slow"],
                sometimes: ["sometimes: decision over a later one refused (18)"],
                seldom: [toldNothing, "sometimes: restarted"]),
        ]
    }

    private static var expiry: Adversity {
        var adversity = Adversity()
        adversity.events = []
        adversity.alwaysEvents = [.pause, .crash, .gracefulStop]
        adversity.hasWeather = false
        adversity.hasClockFaults = false
        adversity.pauseFactor = 4
        adversity.pace = .seconds(40)
        adversity.crashSpan = 20_000
        adversity.restartDelay = .seconds(60)
        adversity.leisure = 8
        adversity.stormLength = .seconds(150)
        return adversity
    }

    private static var registry: Adversity {
        var adversity = Adversity()
        adversity.events = [
            .registryDown, .consulLeaderKilled, .consulQuorumLost, .consulAgentKilled,
            .consulAgentForgets, .consulAgentSlow, .consulAgentCut, .consulIndexBack,
            .consulSpuriousWake, .consulReplicasBehind,
        ]
        adversity.alwaysEvents = [.crash]
        adversity.hasWeather = false
        adversity.leisure = 4
        return adversity
    }

    private static var partition: Adversity {
        var adversity = Adversity()
        adversity.events = [.pause]
        adversity.alwaysEvents = [.partition]
        adversity.pace = .seconds(3)
        return adversity
    }

    private static var streams: Adversity {
        var adversity = Adversity()
        adversity.events = [.pause, .slow, .gracefulStop]
        adversity.alwaysEvents = [.partition, .crash]
        adversity.hasStreams = true
        return adversity
    }

    private static var crash: Adversity {
        var adversity = Adversity()
        adversity.events = []
        adversity.alwaysEvents = [.crash, .gracefulStop, .powerLoss]
        adversity.hasWeather = false
        adversity.crashSpan = 1500
        adversity.restartDelay = .seconds(1)
        return adversity
    }

    private static var brokerTrouble: Adversity {
        var adversity = Adversity()
        adversity.events = [.crash]
        adversity.alwaysEvents = [.brokerDown, .brokerRestart, .brokerAlarm, .brokenChannels]
        return adversity
    }

    private static var chairs: Adversity {
        var adversity = Adversity()
        adversity.events = [.slow, .pause]
        return adversity
    }

    private static let network = [
        "lost request", "lost reply", "late reply", "duplicated request", "reordered message",
    ]
    private static let nodes = [
        "crash", "pause", "slow", "graceful stop", "partition", "clock skew", "clock step",
    ]
    private static let storage =
        ["files power loss", "mail down", "upload cut"]
        + ["user", "conference", "draft", "invitation", "discussion", "review", "notification"]
        .flatMap { ["database \($0) unavailable", "database \($0) outcome unknown"] }
    private static let broker = [
        "unavailable", "lost publication", "lost confirm", "slow", "broken channel",
        "redelivery", "reordered redelivery", "lost signal", "memory alarm", "restart", "down",
    ].map { "broker \($0)" }
    private static let cache = [
        "fail-over", "undone change", "restart", "eviction", "clock step", "down",
    ].map { "cache \($0)" }
    private static let consul = [
        "leader killed", "quorum lost", "down", "agent killed", "agent restarted without memory",
        "agent slow", "agent cut off", "index went back", "spurious wake", "replicas behind",
    ].map { "consul \($0)" }

    private static let toldNothing = "sometimes: " + Occurrence.told
    private static let workTimed = "sometimes: work timed (20)"

    /// - Parameter seldom: what all conferences show, and this trouble leaves little room for.
    private static func conference(
        _ name: String, _ summary: String, _ adversity: Adversity, _ plant: Plant?,
        faults: [String], sometimes: [String] = [], seldom: Set<String> = [],
        judgesRegistry: Bool = false
    ) -> Scenario {
        Scenario(
            name, summary,
            sometimes: ConferenceRun.sometimes.filter { !seldom.contains($0) } + sometimes,
            faults: faults.map { "fault: " + $0 }
        ) { simulation in
            var size = WholeConference.Size()
            size.leisure = adversity.leisure
            await ConferenceRun(
                simulation, plant, adversity, size: size, judgesRegistry: judgesRegistry
            ).run()
        }
    }
}
