import BSON
import Platform
import Synchronization

@testable import Cluster

/// A transport without a network: the test answers every call.
struct ScriptedTransport: Transport {
    typealias Script = @Sendable (Address, Envelope) async throws(TransportError) -> Answer

    let script: Script

    func call(
        _ address: Address, _ frame: [UInt8], timeout: Duration
    ) async throws(TransportError) -> [UInt8] {
        Frame.encode(try await script(address, Frame.decode(frame)))
    }

    func listen(
        at address: Address, _ handler: @escaping FrameHandler
    ) async throws(TransportError) {}

    func stopListening(at address: Address) async {}
}

/// Chance that the test decides: its words come in turn, the last one for ever.
final class ScriptedRandom: RandomSource {
    private let words: Mutex<[UInt64]>

    init(_ words: [UInt64]) { self.words = Mutex(words) }

    func next(_ purpose: RandomPurpose) -> UInt64 {
        words.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
}

/// Frames as values; what cannot be decoded here is the test's own mistake.
enum Frame {
    static func encode(_ value: some Encodable) -> [UInt8] {
        do { return try BSONEncoder().encode(value) } catch {
            preconditionFailure("a test's frame can be encoded: \(error)")
        }
    }

    static func decode<Value: Decodable>(
        _ frame: [UInt8], as type: Value.Type = Value.self
    ) -> Value {
        do { return try BSONDecoder().decode(type, from: frame) } catch {
            preconditionFailure("a test's frame can be decoded: \(error)")
        }
    }
}

extension Answer {
    /// The answer of a greeter.
    static func greeting(_ text: String) -> Answer {
        Answer(status: .done, body: Frame.encode(Greet.Greeting(text: text)))
    }
}

extension ClusterClient {
    /// A client that knows greeters at `addresses`, each of which answers by `script`.
    convenience init(
        _ platform: Platform, greetersAt addresses: [Address],
        attemptTimeout: Duration = .seconds(3), _ script: @escaping ScriptedTransport.Script
    ) {
        let directory = Directory(
            platform: platform, registry: LocalRegistry(platform: platform), ownAddress: "desk")
        directory.apply(.greeters(addresses))
        self.init(
            platform: platform, transport: ScriptedTransport(script: script),
            directory: directory, attemptTimeout: attemptTimeout)
    }
}

extension RegistrySnapshot {
    /// Greeters with their addresses as ids.
    static func greeters(_ addresses: [Address], index: UInt64 = 1) -> RegistrySnapshot {
        RegistrySnapshot(index: index, instances: addresses.map { .greeter($0.text) })
    }
}

extension ServiceInstance {
    /// A greeter whose id is its address.
    static func greeter(_ address: String) -> ServiceInstance {
        guard let id = InstanceID(address) else { preconditionFailure("not an id: \(address)") }
        return ServiceInstance(id: id, service: Greet.service, address: Address(address))
    }
}
