import Foundation
import Trials

/// The letters that an installation on this machine has spooled, each read once.
actor LetterBox {
    private let folder: String
    private var known: Set<String> = []
    /// By what their recipients' names end with, oldest first.
    private var letters: [String: [SentLetter]] = [:]

    init(folder: String) { self.folder = folder }

    /// The letters to people whose names end with `suffix`.
    func letters(endingIn suffix: String) -> [SentLetter] {
        for (name, letter) in MailSpool.letters(in: folder, except: known) {
            known.insert(name)
            letters[Self.suffix(of: letter.recipient), default: []].append(letter)
        }
        return letters[suffix] ?? []
    }

    private static func suffix(of recipient: String) -> String {
        let name = recipient.prefix { $0 != "@" }
        return String(name[(name.firstIndex(of: "-") ?? name.endIndex)...])
    }
}
