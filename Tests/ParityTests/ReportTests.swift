import Foundation
import Testing

@testable import parity

/// What is drawn and what is said of it.
@Suite struct ReportTests {
    @Test func `a seed draws the same sequence each time, and another one another`() {
        func sequence(_ seed: UInt64) -> [String] {
            var draw = Draw(seed: seed)
            return (0..<50).map { _ in "\(SessionCacheComponent.draw(&draw))" }
        }
        #expect(sequence(1) == sequence(1))
        #expect(sequence(1) != sequence(2))
    }

    @Test func `an outcome that was never seen, or is in no table, is a failure of its own`() {
        var report = ComparisonReport(SessionCacheComponent.self)
        #expect(report.neverSeen.contains("get: found"))
        #expect(report.exitCode(isWhole: true) == 5)
        #expect(report.exitCode(isWhole: false) == 0)
        for row in SessionCacheComponent.outcomes {
            report.tally.add(row.outcomes.map { Answer(row.operation, $0) })
        }
        #expect(report.exitCode(isWhole: true) == 0)
        report.tally.add([Answer("get", "unavailable")])
        #expect(report.unlisted == ["get: unavailable"])
        #expect(report.exitCode(isWhole: true) == 5)
    }

    @Test(arguments: ComponentName.allCases)
    func `each known difference has a reason, and each component a planted one`(
        _ name: ComponentName
    ) {
        let known = KnownDifferences.differences(of: name)
        #expect(!known.isEmpty)
        #expect(known.allSatisfy { !$0.what.isEmpty && !$0.reason.isEmpty })
        #expect(Plant.allCases.contains { $0.component == name })
    }

    @Test func `the documentation has each known difference with its reason`() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/PARITY.md").standardizedFileURL
        let text = try String(contentsOf: page, encoding: .utf8)
            .split { $0.isWhitespace }.joined(separator: " ")
        let known = ComponentName.allCases.flatMap(KnownDifferences.differences)
        for difference in known {
            #expect(text.contains("- **\(difference.what)** \(difference.reason)"))
        }
        #expect(text.components(separatedBy: "- **").count - 1 == known.count)
    }

    @Test(arguments: ["", "a", "3,1", "-1", "1,,x"])
    func `what are no positions is refused`(_ text: String) {
        #expect(Positions(argument: text) == nil)
    }

    @Test func `a request is cut into sequences that have all its operations`() {
        let request = ComparisonRequest(operationCount: 250, seed: 1)
        #expect(request.sequenceSizes(length: 100) == [100, 100, 50])
        var one = request
        one.positions = [3, 9]
        #expect(one.sequenceSizes(length: 100) == [2])
    }
}
