import Foundation

/// A report in words.
struct ReportText {
    private let report: ComparisonReport
    private let plant: Plant?

    init(_ report: ComparisonReport, plant: Plant?) {
        self.report = report
        self.plant = plant
    }

    var text: String {
        let tally = report.tally
        var lines = [
            "\(report.component.rawValue): \(tally.operationCount) operations in "
                + "\(tally.sequenceCount) sequences, \(report.differences.count) differences"
        ]
        for row in report.rows {
            let counts = row.outcomes.map { "\($0) \(tally.count(row.operation, $0))" }
            lines.append(
                "  " + row.operation.padding(toLength: 22, withPad: " ", startingAt: 0)
                    + counts.joined(separator: ", "))
        }
        lines += report.neverSeen.map { "  never seen, so nothing is known about it: \($0)" }
        lines += report.unlisted.map { "  not in the table: \($0)" }
        lines += report.unrepeated.map {
            "  seen once and not again (seed \($0.seed)): \($0.difference)"
        }
        for difference in report.differences { lines += self.lines(for: difference) }
        return lines.joined(separator: "\n")
    }

    private func lines(for shrunk: ShrunkDifference) -> [String] {
        var lines = [
            "  seed \(shrunk.seed): \(shrunk.difference)",
            "  by these \(shrunk.operations.count) of \(shrunk.sequenceLength) operations:",
        ]
        lines += zip(shrunk.positions, shrunk.operations).map { "    \($0): \($1)" }
        let positions = shrunk.positions.map(String.init).joined(separator: ",")
        lines.append(
            "  replay: ./starchair parity \(report.component.rawValue) --seed \(shrunk.seed)"
                + " --only \(positions)" + (plant.map { " --plant \($0.rawValue)" } ?? ""))
        return lines
    }

    /// All reports as one JSON object, its members in order.
    static func json(_ reports: [ComparisonReport]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let rows = Dictionary(
            uniqueKeysWithValues: reports.map { ($0.component.rawValue, ReportRow($0)) })
        return String(decoding: try encoder.encode(rows), as: UTF8.self)
    }
}

/// A report for a program.
private struct ReportRow: Encodable {
    struct Found: Encodable {
        let seed: UInt64
        let positions: [Int]
        let operations: [String]
        let part: String
        let real: String
        let found: String
    }

    let operations: Int
    let sequences: Int
    let outcomes: [String: [String: Int]]
    let neverSeen: [String]
    let unlisted: [String]
    let notSeenAgain: Int
    let differences: [Found]

    init(_ report: ComparisonReport) {
        operations = report.tally.operationCount
        sequences = report.tally.sequenceCount
        outcomes = report.tally.counts
        (neverSeen, unlisted) = (report.neverSeen, report.unlisted)
        notSeenAgain = report.unrepeated.count
        differences = report.differences.map {
            Found(
                seed: $0.seed, positions: $0.positions, operations: $0.operations,
                part: $0.difference.part, real: "\($0.difference.expected)",
                found: "\($0.difference.found)")
        }
    }
}
