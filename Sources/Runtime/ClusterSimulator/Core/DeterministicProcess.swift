import CSimulator

/// What a process needs so that its runs are the same in every process.
public enum DeterministicProcess {
    /// Whether sets and dictionaries hash with a fixed seed, and so have one order.
    public static var isHashingDeterministic: Bool { csimulator_is_hashing_deterministic() }

    /// Starts the program again with fixed hashing and, where the system allows it, fixed
    /// addresses; it is the first thing that a program's main does.
    ///
    /// It returns when the process has them already or the system refused; what counts is
    /// ``isHashingDeterministic``.
    public static func reexecute() { csimulator_reexecute(CommandLine.unsafeArgv) }

    /// The memory of the process that is in use, in bytes; 0 when unknown.
    public static var residentByteCount: Int { Int(csimulator_resident_bytes()) }
}
