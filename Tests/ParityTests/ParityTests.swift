import Testing

@testable import parity

/// The simulated parts are held against real servers, shortly; `./starchair parity` does it longer.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ParityTests {
    /// Operations that are few enough for a test, by how long a component's take.
    private static func operationCount(_ name: ComponentName) -> Int {
        switch name {
        case .sessionCache, .documentStore, .blobStore: 400
        case .eventBus: 120
        case .serviceRegistry: 100
        }
    }

    @Test(arguments: ComponentName.allCases)
    func `a simulated part answers as the real one does`(_ name: ComponentName) async throws {
        let report = try await Trials.compare(name, operations: Self.operationCount(name))
        #expect(report.differences.isEmpty, "\(ReportText(report, plant: nil).text)")
        #expect(report.unlisted.isEmpty)
        #expect(report.tally.operationCount == Self.operationCount(name))
    }

    @Test(arguments: Plant.allCases)
    func `a planted deviation is found and shrunk`(_ plant: Plant) async throws {
        let report = try await Trials.compare(
            plant.component, operations: Self.operationCount(plant.component), plant: plant)
        let found = try #require(report.differences.first)
        #expect(found.operations.count < found.sequenceLength)
        #expect(report.exitCode(isWhole: true) == 1)
    }
}
