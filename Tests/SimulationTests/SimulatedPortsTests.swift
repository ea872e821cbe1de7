import ClusterSimulator
import Conformance
import Platform
import Ports
import Testing

/// The simulated servers keep what the ports promise, whatever the order of jobs.
@Suite struct SimulatedPortsTests {
    private static let seeds: [UInt64] = [1, 2, 3]

    /// Runs a check on a node of its own, once for each seed.
    private func run<Subject>(
        _ check: Check<Subject>,
        _ subject: @escaping @Sendable (Simulation, SimulatedNode) -> Subject
    ) {
        for seed in Self.seeds {
            let report = SimulationThread.run {
                let simulation = Simulation(SimulationOptions(seed: seed))
                return simulation.run {
                    let node = simulation.makeNode("client")
                    let subject = subject(simulation, node)
                    await node.start("check") {
                        do {
                            try await check.run(subject)
                        } catch {
                            simulation.fail("conformance", "\(check.name): \(error)")
                        }
                    }.wait()
                }
            }
            #expect(report.isClean, "seed \(seed): \(report)")
        }
    }

    @Test(arguments: DocumentStoreConformance.checks)
    func `the database keeps its promise`(_ check: Check<DocumentStoreConformance.Subject>) {
        run(check) { simulation, node in
            let database = SimulatedDatabase("database", simulation)
            return DocumentStoreConformance.Subject(
                database.store(for: node), tasks: node.platform.tasks
            ) { database.store(for: node) }
        }
    }

    @Test(arguments: BlobStoreConformance.checks)
    func `the file server keeps its promise`(_ check: Check<BlobStoreConformance.Subject>) {
        run(check) { simulation, node in
            let files = SimulatedFileServer("files", simulation)
            return BlobStoreConformance.Subject(
                files.blobs(for: node), platform: node.platform
            ) {
                files.losePower(for: .zero)
                return files.blobs(for: node)
            }
        }
    }

    @Test(arguments: MailerConformance.checks)
    func `the post office keeps its promise`(_ check: Check<MailerConformance.Subject>) {
        run(check) { simulation, node in
            let post = SimulatedPostOffice("mail", simulation)
            return MailerConformance.Subject(
                post.mailer(for: node), tasks: node.platform.tasks
            ) { post.letters.map(\.id) }
        }
    }

    @Test(arguments: PlatformConformance.checks)
    func `a node's platform keeps its promise`(_ check: Check<Platform>) {
        run(check) { _, node in node.platform }
    }
}
