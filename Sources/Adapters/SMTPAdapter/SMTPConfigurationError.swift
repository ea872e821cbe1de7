/// A setting that cannot be used.
public struct SMTPConfigurationError: Error, Hashable, Sendable {
    /// The setting's name.
    public let setting: String
    /// What it must be.
    public let rule: String

    /// Throws the rule that `isKept` says is broken.
    static func require(
        _ isKept: Bool, _ setting: String, _ rule: String
    ) throws(SMTPConfigurationError) {
        guard !isKept else { return }
        throw SMTPConfigurationError(setting: setting, rule: rule)
    }
}

extension SMTPConfigurationError: CustomStringConvertible {
    public var description: String { "SMTP: the \(setting) must be \(rule)" }
}
