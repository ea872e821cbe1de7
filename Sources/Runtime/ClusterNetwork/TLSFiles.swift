import Foundation
import NIOSSL
import Synchronization

/// The certificates by which nodes know each other, in files that may be replaced while they run.
///
/// Both sides show a certificate of the cluster's own authority; the names in it do not matter.
public final class TLSFiles: Sendable {
    /// Where the files are, each in PEM form.
    public struct Paths: Hashable, Sendable {
        /// The node's certificate, followed by those between it and the authority's.
        public var certificate: String
        /// The key of the node's certificate.
        public var key: String
        /// The certificate of the cluster's authority.
        public var authority: String

        /// Names the files.
        public init(certificate: String, key: String, authority: String) {
            self.certificate = certificate
            self.key = key
            self.authority = authority
        }
    }

    struct Contexts {
        let client: NIOSSLContext
        let server: NIOSSLContext
    }

    private struct State {
        var contexts: Contexts
        var stamps: [Date]
    }

    private let paths: Paths
    private let state: Mutex<State>

    /// Reads the files.
    ///
    /// - Throws: what is wrong with them.
    public init(_ paths: Paths) throws {
        self.paths = paths
        let stamps = Self.stamps(paths)
        state = Mutex(State(contexts: try Self.read(paths), stamps: stamps))
    }

    /// What new connections are made with: the files as they are now, or as they were when they
    /// could be read last.
    var contexts: Contexts {
        let stamps = Self.stamps(paths)
        return state.withLock { state in
            guard stamps != state.stamps else { return state.contexts }
            // Files are replaced one after the other: what cannot be read yet is read next time.
            if case .success(let contexts) = Result(catching: { try Self.read(paths) }) {
                (state.contexts, state.stamps) = (contexts, stamps)
            }
            return state.contexts
        }
    }

    private static func stamps(_ paths: Paths) -> [Date] {
        [paths.certificate, paths.key, paths.authority].map { path in
            do {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                return attributes[.modificationDate] as? Date ?? .distantPast
            } catch {
                // A file that is away for a moment is looked for again.
                return .distantPast
            }
        }
    }

    private static func read(_ paths: Paths) throws -> Contexts {
        let chain = try NIOSSLCertificate.fromPEMFile(paths.certificate)
        let key = try NIOSSLPrivateKey(file: paths.key, format: .pem)
        let authority = try NIOSSLCertificate.fromPEMFile(paths.authority)
        var server = TLSConfiguration.makeServerConfigurationWithMTLS(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key),
            trustRoots: .certificates(authority))
        server.certificateVerification = .noHostnameVerification
        server.minimumTLSVersion = .tlsv13
        var client = TLSConfiguration.makeClientConfiguration()
        client.certificateChain = chain.map { .certificate($0) }
        client.privateKey = .privateKey(key)
        client.trustRoots = .certificates(authority)
        client.certificateVerification = .noHostnameVerification
        client.minimumTLSVersion = .tlsv13
        return Contexts(
            client: try NIOSSLContext(configuration: client),
            server: try NIOSSLContext(configuration: server))
    }
}
