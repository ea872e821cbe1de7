/// How much a relay keeps and how patient it is.
public struct MailRelayConfiguration: Hashable, Sendable {
    /// Bytes of one message, its header included.
    public static let messageByteCountMaximum = 1 << 20
    /// Letters whose ids are remembered after they were sent, whatever their age.
    public static let sentCountMaximum = 100_000

    /// The folder of the letters; it belongs to one relay at a time.
    public let folder: String
    /// Who letters come from.
    public let sender: MailAddress
    /// Letters kept in the folder, those that were refused included; one more is unavailable.
    public var letterCountMaximum = 10_000
    /// Bytes of those letters.
    public var byteCountMaximum = 256 << 20
    /// Letters that are handed over at the same time.
    public var carriageCountMaximum = 4
    /// The pause after the first and after many attempts that concern one letter.
    public var letterRest = Duration.seconds(30)...Duration.seconds(3600)
    /// The pause of all letters when nothing can be handed over.
    public var serverRest = Duration.seconds(1)...Duration.seconds(300)
    /// How old a letter becomes before it counts as refused.
    public var ageMaximum = Duration.seconds(5 * 24 * 3600)
    /// How long the id of a letter that was sent is remembered: longer than anybody repeats it.
    public var memory = Duration.seconds(8 * 24 * 3600)
    /// How often ages are looked at.
    public var sweepInterval = Duration.seconds(600)
    /// How long letters under way may take at the end.
    public var grace = Duration.seconds(5)

    /// A relay for letters of `sender` in a folder.
    public init(folder: String, sender: MailAddress) {
        self.folder = folder
        self.sender = sender
    }
}
