import Foundation
import Trials

/// The letters that an installation on this machine has spooled.
enum MailSpool {
    /// The letters of a folder, oldest first; none when there is no such folder.
    static func letters(in folder: String) -> [SentLetter] {
        letters(in: folder, except: []).map(\.letter)
    }

    /// The letters of a folder but for some files, oldest first, with the names of their files.
    static func letters(
        in folder: String, except known: Set<String>
    ) -> [(name: String, letter: SentLetter)] {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".eml") && !known.contains($0) }
            .map { name -> (Date, String, SentLetter?) in
                let path = "\(folder)/\(name)"
                let attributes = try? files.attributesOfItem(atPath: path)
                let date = attributes?[.modificationDate] as? Date
                let text = try? String(contentsOfFile: path, encoding: .utf8)
                return (date ?? .distantPast, name, text.flatMap(letter))
            }
            .sorted { $0.0 < $1.0 }
            .compactMap { _, name, letter in letter.map { (name, $0) } }
    }

    private static func letter(_ text: String) -> SentLetter? {
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        guard let end = lines.firstIndex(of: "") else { return nil }
        func header(_ name: String) -> String {
            lines[..<end].first { $0.lowercased().hasPrefix(name + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) } ?? ""
        }
        // The last line's end is no line of its own.
        let last = lines.last == "" ? lines.endIndex - 1 : lines.endIndex
        return SentLetter(
            recipient: header("to").trimmingCharacters(in: ["<", ">"]),
            subject: header("subject"),
            text: lines[min(end + 1, last)..<last].joined(separator: "\n"))
    }
}
