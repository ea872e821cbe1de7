import FoundationEssentials

/// All that was measured, for people and for machines.
struct Report: Sendable, Encodable {
    let machine: Machine
    let isQuick: Bool
    let results: [ComparisonResult]

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var table: String {
        var lines = [
            Self.row(["", "median/s", "min – max", "CPU each", "ours ÷ peer", "min – max"])
        ]
        for result in results {
            lines += ["", "\(result.name) (\(result.unit))", Self.row(Self.cells(result.ours))]
            lines += result.peers.map(Self.row)
        }
        lines += ["", "\(machine)"]
        if isQuick { lines.append("Short turns: a glance, not a measurement.") }
        return lines.joined(separator: "\n")
    }

    private static func row(_ peer: PeerResult) -> String {
        let ratio = peer.ratio
        var cells = cells(peer.figures)
        cells.append(ratio.median.asRatio)
        cells.append("\(ratio.minimum.asRatio) – \(ratio.maximum.asRatio)")
        guard let minimum = peer.ratioMinimum else { return row(cells) }
        let verdict = ratio.median < minimum ? "MISSED" : "met"
        return row(cells) + "  target \(minimum.asRatio) \(verdict)"
    }

    private static func cells(_ contender: ContenderResult) -> [String] {
        let rate = contender.rate
        return [
            "  " + contender.name, rate.median.grouped,
            "\(rate.minimum.grouped) – \(rate.maximum.grouped)",
            contender.cost.median.grouped + " ns",
        ]
    }

    /// The first cell stands at its left, the others at their right.
    private static func row(_ cells: [String]) -> String {
        let widths = [38, 11, 25, 11, 11, 17]
        let padded = zip(cells, widths).enumerated().map { index, cell in
            let padding = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index == 0 ? cell.0 + padding : padding + cell.0
        }
        return padded.joined(separator: " ")
    }
}

extension Double {
    /// The whole number with commas between thousands.
    fileprivate var grouped: String {
        let digits = Array(String(Int(rounded())))
        return String(
            digits.enumerated().flatMap { index, digit in
                let isBoundary = index > 0 && (digits.count - index) % 3 == 0
                return isBoundary ? [",", digit] : [digit]
            })
    }

    /// The number with two decimals, a small one with four.
    fileprivate var asRatio: String {
        let (scale, digitCount) = self < 0.1 ? (10_000.0, 4) : (100.0, 2)
        let (whole, rest) = Int((self * scale).rounded()).quotientAndRemainder(
            dividingBy: Int(scale))
        let decimals = String(rest)
        return "\(whole)." + String(repeating: "0", count: digitCount - decimals.count) + decimals
    }
}
