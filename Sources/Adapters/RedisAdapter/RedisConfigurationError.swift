/// A setting that cannot be used.
public struct RedisConfigurationError: Error, Hashable, Sendable {
    /// The setting's name.
    public let setting: String
    /// What it must be.
    public let rule: String

    /// Throws the rule that `isKept` says is broken.
    static func require(
        _ isKept: Bool, _ setting: String, _ rule: String
    ) throws(RedisConfigurationError) {
        guard !isKept else { return }
        throw RedisConfigurationError(setting: setting, rule: rule)
    }
}

extension RedisConfigurationError: CustomStringConvertible {
    public var description: String { "Redis: the \(setting) must be \(rule)" }
}
