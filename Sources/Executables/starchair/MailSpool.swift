import Foundation
import Trials

/// The letters that an installation on this machine has spooled.
enum MailSpool {
    /// The letters of a folder, oldest first; none when there is no such folder.
    static func letters(in folder: String) -> [SentLetter] {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".eml") }
            .map { name -> (Date, SentLetter?) in
                let path = "\(folder)/\(name)"
                let attributes = try? files.attributesOfItem(atPath: path)
                let date = attributes?[.modificationDate] as? Date
                let text = try? String(contentsOfFile: path, encoding: .utf8)
                return (date ?? .distantPast, text.flatMap(letter))
            }
            .sorted { $0.0 < $1.0 }
            .compactMap(\.1)
    }

    private static func letter(_ text: String) -> SentLetter? {
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        guard let end = lines.firstIndex(of: "") else { return nil }
        func header(_ name: String) -> String {
            lines[..<end].first { $0.lowercased().hasPrefix(name + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) } ?? ""
        }
        return SentLetter(
            recipient: header("to").trimmingCharacters(in: ["<", ">"]),
            subject: header("subject"), text: lines[(end + 1)...].joined(separator: "\n"))
    }
}
