/// What runs on a machine of the cluster: a program that stays in the foreground.
public struct Program: Codable, Hashable, Sendable {
    /// An absolute path, or a name to be looked for where the system keeps programs.
    public var executable: String
    public var arguments: [String]
    /// All that it finds in its environment, besides `PATH`.
    public var environment: [String: String]

    /// Describes a program.
    public init(_ executable: String, _ arguments: [String], environment: [String: String] = [:]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }
}
