import MemoryAdapters
import Ports

/// The mail system of a simulation: it keeps every letter that it took.
public final class SimulatedPostOffice: SimulatedServer, @unchecked Sendable {
    /// The letters in the order in which they were taken; the same one may stand there twice.
    public private(set) var letters: [Letter] = []

    /// A mail system without letters.
    public override init(_ name: String, _ simulation: Simulation) {
        super.init(name, simulation)
    }

    /// The mail system as `node` uses it.
    public func mailer(for node: SimulatedNode) -> any Mailer {
        Client(office: self, node: node)
    }

    private struct Client: Mailer {
        let office: SimulatedPostOffice
        let node: SimulatedNode

        func deliver(_ letter: Letter) async throws(MailError) {
            try MemoryMailer.check(letter)
            do throws(StoreError) {
                try await office.perform(for: node, isChange: true) { [office] in
                    office.letters.append(letter)
                    return .success(())
                }
            } catch {
                throw .unavailable
            }
        }
    }
}
