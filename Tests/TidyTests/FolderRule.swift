/// Nothing in the package depends on a folder of one machine.
enum FolderRule {
    /// Folders of people and of their work; in halves, so that this file may be read too.
    static let folders = ["home", "root", "work"].map { "/" + $0 + "/" }

    static func findings(path: String, text: String) -> [Finding] {
        guard folders.contains(where: text.contains) else { return [] }
        return text.lines.enumerated().flatMap { index, line in
            folders.filter { isAbsolute($0, in: line) }.map {
                Finding(path: path, line: index + 1, message: "the folder \($0) of one machine")
            }
        }
    }

    /// Whether the folder begins a path, and not a part of a longer one.
    private static func isAbsolute(_ folder: String, in line: Substring) -> Bool {
        line.ranges(of: folder).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !before.isLetter && !before.isNumber && !"._-~})>*".contains(before)
        }
    }
}
