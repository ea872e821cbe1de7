/// Something that is tried while an installation is broken, and judged when it is at rest.
public protocol StageTrial: Sendable {
    /// How people call it.
    var name: String { get }

    /// Does what it is about, and returns when all of its people have finished.
    func run() async

    /// Looks at the installation at rest and judges, within bounds.
    ///
    /// - Parameter healed: from when on nothing was broken, on the stage's clock.
    func judge(healed: Duration) async -> TrialVerdict
}

/// What became of a trial.
public struct TrialVerdict: Sendable {
    /// All that is broken.
    public var findings: [Finding] = []
    /// What happened that the invariants are about, how often, by name.
    public var occurrences: [String: Int] = [:]
    /// Whether it ended early, by something that people meet in life too, and was not judged.
    public var isAbandoned = false

    mutating func count(_ name: String, by number: Int = 1) {
        occurrences[name, default: 0] += number
    }
}
