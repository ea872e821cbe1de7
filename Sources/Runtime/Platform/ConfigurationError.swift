/// A setting that cannot be used.
public struct ConfigurationError: Error, Hashable, Sendable {
    /// What is set, such as "Redis".
    public let subject: String
    /// The setting's name.
    public let setting: String
    /// What it must be.
    public let rule: String
}

extension ConfigurationError: CustomStringConvertible {
    public var description: String { "\(subject): the \(setting) must be \(rule)" }
}

/// Asks of the settings of one subject that they keep their rules.
public struct ConfigurationRules: Sendable {
    private let subject: String

    /// Rules for what `subject` names, such as "Redis".
    public init(of subject: String) {
        self.subject = subject
    }

    /// Throws the rule that `isKept` says is broken.
    public func require(
        _ isKept: Bool, _ setting: String, _ rule: String
    ) throws(ConfigurationError) {
        guard !isKept else { return }
        throw ConfigurationError(subject: subject, setting: setting, rule: rule)
    }
}
