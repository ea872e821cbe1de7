import Platform
import Ports

/// Writes each letter as a file `<id>.eml` into a folder, from where a mail system takes it.
///
/// A letter handed over again replaces its file. The folder belongs to one mailer; files that
/// begin with a dot are incomplete.
public final class SpoolMailer: Mailer {
    private let folder: Folder
    private let sender: MailAddress
    private let platform: Platform

    /// Opens or creates the folder, and removes letters that were never completed.
    ///
    /// It blocks the calling thread, so it belongs at the start of a program.
    public init(
        folder path: String, sender: MailAddress, platform: Platform
    ) throws(FolderError) {
        folder = Folder(path: path)
        self.sender = sender
        self.platform = platform
        try folder.prepare()
        do throws(SystemCallError) {
            for name in try folder.names() where name.hasPrefix(".") { try folder.remove(name) }
        } catch {
            throw .unusable(path: path, reason: error.description)
        }
    }

    public func deliver(_ letter: Letter) async throws(MailError) {
        guard ID<Letter>(letter.id) != nil else { throw .refused("a letter's id is an ID") }
        let message = try MailMessage(letter, from: sender, at: platform.clock.now)
        let draft = ".\(ID<Letter>(platform.random, for: "mail.draft"))"
        do {
            try await platform.offload.run("mail.deliver") { [folder] in
                try folder.replace("\(letter.id).eml", with: message.bytes, draft: draft)
            }
        } catch {
            throw .unavailable
        }
    }
}
