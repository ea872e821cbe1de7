import StarchairAPI

/// What a workload needs of the world around the installation.
public struct Town: Sendable {
    /// The letters that have arrived, all of them.
    public var letters: @Sendable () async -> [SentLetter]
    /// Tokens of administrator's links; each works once, and one may be spent by an attempt that
    /// got no answer.
    public var administratorTokens: [String]
    /// What everybody wants and is told.
    public var history: History
    /// What the name of everybody ends with, so that several towns share an installation.
    public var suffix = ""

    /// Describes a world.
    public init(
        letters: @escaping @Sendable () async -> [SentLetter], administratorTokens: [String],
        history: History
    ) {
        self.letters = letters
        self.administratorTokens = administratorTokens
        self.history = history
    }

    /// The token of the newest letter to an address that asks to confirm it.
    func verificationToken(for address: String) async -> String? {
        let letters = await letters().filter { $0.recipient == address.lowercased() }
        return letters.reversed().lazy.compactMap { letter in
            letter.text.split(separator: "#verify=").dropFirst().first
                .map { String($0.prefix { $0.isLetter || $0.isNumber }) }
        }.first
    }
}
