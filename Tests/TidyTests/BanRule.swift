/// What would make a run depend on more than its inputs is banned by name where it matters.
enum BanRule {
    /// The folders whose behaviour a seed must decide.
    static let determined = [
        "Sources/Domain", "Sources/Services", "Sources/Runtime/Cluster", "Sources/Runtime/Ports",
        "Sources/Runtime/Effects",
    ]
    /// What in them is an edge to the real world.
    static let edges = ["Sources/Services/StarchairServer"]

    /// Banned code, written as it would be in a file.
    static let banned = [
        "Task {", "Task (", "= Task <", "Task.init", "Task.detached", "Task.immediate",
        "Task.sleep", "Date()", "Date.now", "UUID()", ".random(", ".randomElement()",
        ".shuffle()", ".shuffled()", "SystemRandomNumberGenerator", "DispatchQueue",
        "DispatchSemaphore", "DispatchGroup", "Thread", "ContinuousClock", "SuspendingClock",
        "ProcessInfo", "try?", "@globalActor", "@MainActor", "nonisolated(unsafe)",
    ]

    static func findings(_ file: SwiftFile) -> [Finding] {
        var findings: [Finding] = []
        if file.isIn(determined), !file.isIn(edges) {
            findings += banned.flatMap { occurrences(of: $0, in: file) }
        }
        if file.isIn(["Sources", "Simulations"]),
            !file.isIn(["Sources/Executables", "Simulations/Examples"])
        {
            findings += occurrences(of: "print(", in: file, notAfter: [".", "func"])
        }
        return findings
    }

    private static func occurrences(
        of code: String, in file: SwiftFile, notAfter exempt: [String] = []
    ) -> [Finding] {
        let pattern = Token.tokens(of: Array(code.utf8)).map(\.text)
        return file.tokens.indices.compactMap { index in
            guard file.tokens[index...].prefix(pattern.count).map(\.text) == pattern,
                index == 0 || !exempt.contains(file.tokens[index - 1].text)
            else { return nil }
            return Finding(
                path: file.path, line: file.tokens[index].line, message: "\(code) is banned here")
        }
    }
}
