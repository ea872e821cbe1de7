import BSON
import Cluster
import Crypto
import Platform
import Ports
import StarchairAPI

/// Who holds a session: the UserService's word, kept in a cache for a few seconds.
///
/// After an acknowledged sign-out a session works at most ``stalenessMaximum`` longer, whatever
/// the cache forgets or remembers: what is kept says itself when the authority was asked.
public struct SessionLookup: Sendable {
    /// How old an answer about a session may be (Δ), with clocks that differ by
    /// ``clockSkewMaximum`` at most.
    public static let stalenessMaximum = Duration.seconds(5)
    /// How far the clocks of two edges may lie apart for ``stalenessMaximum`` to hold.
    public static let clockSkewMaximum = Duration.seconds(2)
    /// How long an answer is kept.
    static let lifetime = stalenessMaximum - clockSkewMaximum

    private let client: ClusterClient
    private let cache: any SessionCache

    /// Asks through `client` what `cache` does not know.
    public init(client: ClusterClient, cache: any SessionCache) {
        self.client = client
        self.cache = cache
    }

    private struct Entry: Codable {
        var authentication: Authentication
        /// When the authority was asked, by the asker's clock.
        var asked: Instant
    }

    /// The holder of a session; nil when it is over.
    func holder(of session: Secret, timeout: Duration) async throws -> Authentication? {
        if let known = await remembered(session) { return known }
        let asked = client.platform.clock.now
        guard let known = try await confirmed(session, timeout: timeout) else { return nil }
        await keep(Entry(authentication: known, asked: asked), of: session)
        return known
    }

    /// The holder of a session, asked of the authority itself.
    func confirmed(_ session: Secret, timeout: Duration) async throws -> Authentication? {
        do throws(CallFailure<UserRefusal>) {
            return try await client.call(
                Authenticate(session: session), client.context(.anonymous, timeout: timeout))
        } catch {
            guard case .refused = error else { throw Problem(error.clusterError) }
            return nil
        }
    }

    /// Forgets a session that has ended.
    func forget(_ session: Secret) async {
        // What stays is too old in a few seconds.
        do throws(CacheError) { try await cache.remove(Self.key(session)) } catch { return }
    }

    private func remembered(_ session: Secret) async -> Authentication? {
        do {
            guard let bytes = try await cache.value(for: Self.key(session)) else { return nil }
            let entry = try BSONDecoder().decode(Entry.self, from: bytes)
            let age = client.platform.clock.now - entry.asked
            // One from the future was written by a clock that is not to be trusted.
            return (.zero..<Self.lifetime).contains(age) ? entry.authentication : nil
        } catch {
            // A cache that is away or holds something else is no cache.
            return nil
        }
    }

    private func keep(_ entry: Entry, of session: Secret) async {
        let rest = Self.lifetime - (client.platform.clock.now - entry.asked)
        guard rest > .milliseconds(100) else { return }
        do {
            try await cache.set(
                try BSONEncoder().encode(entry), for: Self.key(session),
                expiry: min(rest, Self.lifetime))
        } catch {
            // The next request asks the authority again.
            return
        }
    }

    /// The token itself stands in no cache.
    private static func key(_ session: Secret) -> String {
        "session:" + SHA256.hash(data: Array(session.text.utf8)).hexadecimal
    }
}
