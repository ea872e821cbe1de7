/// A setting that cannot be used.
public struct RabbitMQConfigurationError: Error, Hashable, Sendable {
    /// The setting's name.
    public let setting: String
    /// What it must be.
    public let rule: String

    /// Throws the rule that `isKept` says is broken.
    static func require(
        _ isKept: Bool, _ setting: String, _ rule: String
    ) throws(RabbitMQConfigurationError) {
        guard !isKept else { return }
        throw RabbitMQConfigurationError(setting: setting, rule: rule)
    }
}

extension RabbitMQConfigurationError: CustomStringConvertible {
    public var description: String { "RabbitMQ: the \(setting) must be \(rule)" }
}
