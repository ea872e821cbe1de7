import CCurl
import Platform
import Synchronization
import SystemAdapters

/// Hands letters to an SMTP server, each on a connection of its own, by libcurl.
///
/// Every letter under way blocks a thread of the offload that it was made with, so that offload
/// is its own and has as many threads as letters go at once.
public final class SMTPCarrier: MailCarrier {
    private static let initialized = curl_init_once()

    private let configuration: SMTPConfiguration
    private let offload: any Offload
    private let stop = StopFlag()

    /// Describes a way to a server; nothing is connected yet.
    ///
    /// - Throws: the first setting that cannot be used.
    public init(
        _ configuration: SMTPConfiguration, offload: any Offload
    ) throws(ConfigurationError) {
        try configuration.check()
        precondition(Self.initialized == CURLE_OK, "libcurl can be used")
        self.configuration = configuration
        self.offload = offload
    }

    public func carry(_ parcel: MailParcel) async -> MailCarriage {
        do {
            return try await offload.run("mail.carry") { [configuration, stop] in
                SMTPTransfer(parcel, configuration, stop).run()
            }
        } catch {
            return .unreachable("too many letters wait for a thread")
        }
    }

    public func giveUp() { stop.set() }
}

/// Whether letters under way are to end.
final class StopFlag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}
