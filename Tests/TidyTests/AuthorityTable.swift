import Foundation

/// The tables of the architecture that say who asks whom, and how old an answer may be.
struct AuthorityTable {
    /// Where the tables stand.
    static let path = "ARCHITECTURE.md"
    static let heading = "## Who decides what, and how old an answer may be"

    private(set) var errands: [Errand: Int] = [:]
    private(set) var findings: [Finding] = []

    /// Reads the rows below the heading, up to the next one.
    init(_ text: String) {
        var hasRoutes = false
        var isInside = false
        for (index, line) in text.lines.enumerated() {
            if line.hasPrefix("## ") { isInside = line == Self.heading }
            guard isInside, line.hasPrefix("|"), !line.hasPrefix("|-") else { continue }
            let cells = Self.cells(of: line)
            switch cells.first {
            case "question → authority": hasRoutes = false
            case "told → receiver": hasRoutes = true
            default: add(cells, hasRoutes: hasRoutes, line: index + 1)
            }
        }
    }

    private mutating func add(_ cells: [String], hasRoutes: Bool, line: Int) {
        let pair = cells.first?.components(separatedBy: " → ") ?? []
        guard cells.count == 4, cells.allSatisfy({ !$0.isEmpty }), pair.count == 2 else {
            return find("not a row of four cells that begins `message → service`", line)
        }
        for asker in cells[1].components(separatedBy: ", ") {
            let errand = Errand(
                asker: asker, message: pair[0], authority: pair[1],
                route: hasRoutes ? cells[2] : nil)
            if errands.updateValue(line, forKey: errand) != nil {
                find("twice: \(errand.description)", line)
            }
        }
    }

    private mutating func find(_ message: String, _ line: Int) {
        findings.append(Finding(path: Self.path, line: line, message: message))
    }

    private static func cells(of line: Substring) -> [String] {
        line.dropFirst().split(separator: "|", omittingEmptySubsequences: false).dropLast()
            .map {
                $0.replacing("`", with: "").trimmingCharacters(in: .whitespaces)
            }
    }
}
