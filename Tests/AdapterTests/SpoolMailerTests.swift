import ClusterNetwork
import Foundation
import Platform
import Ports
import Testing

@testable import SystemAdapters

/// What the spool's files look like, and which letters never become one.
@Suite struct SpoolMailerTests {
    let system = SystemPlatform.forTests()
    let folder: TemporaryFolder
    let sender: MailAddress

    init() throws {
        folder = try TemporaryFolder()
        sender = try #require(MailAddress("chair@conf.example"))
    }

    @Test func `a letter is a message of RFC 5322`() throws {
        let letter = Letter(
            id: "l1", recipient: "ada@example.org", subject: "Your paper", text: "Dear Ada,\n\nÄ")
        let moment = try #require(Instant("2026-11-22T13:59:47.125Z"))
        let message = try MailMessage(letter, from: sender, at: moment)
        let expected = [
            "From: <chair@conf.example>", "To: <ada@example.org>", "Subject: Your paper",
            "Date: Sun, 22 Nov 2026 13:59:47 +0000", "Message-ID: <l1@conf.example>",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit", "Auto-Submitted: auto-generated", "", "Dear Ada,",
            "", "Ä", "",
        ]
        let text = String(decoding: message.bytes, as: UTF8.self)
        #expect(text == expected.joined(separator: "\r\n"))
    }

    @Test func `a letter that is delivered again replaces its file`() async throws {
        let mailer = try open()
        for text in ["first", "second"] {
            try await mailer.deliver(letter(text: text))
        }
        #expect(try folder.names() == ["spool", "spool/l1.eml"])
        let found = String(decoding: try folder.bytes(of: "spool/l1.eml"), as: UTF8.self)
        #expect(found.hasSuffix("\r\n\r\nsecond\r\n"))
        #expect(try folder.mode(of: "spool/l1.eml") == 0o600)
    }

    @Test func `an incomplete letter is removed when the mailer is opened`() throws {
        _ = try open()
        try folder.write([1], to: "spool/.draft")
        _ = try open()
        #expect(try folder.names() == ["spool"])
    }

    @Test func `a file in place of the folder is refused`() throws {
        try folder.write([], to: "spool")
        #expect(throws: FolderError.self) { try open() }
    }

    @Test(arguments: ["../l1", "a/b", "", ".hidden", "a b", "a\0", "ä"])
    func `an id that could name another file is refused`(id: String) async throws {
        let mailer = try open()
        await #expect(throws: MailError.refused("a letter's id is an ID")) {
            try await mailer.deliver(letter(id: id))
        }
        #expect(try folder.names() == ["spool"])
    }

    @Test(arguments: [
        "a\r\nBcc: eve@example.org", "a\nb", "a\rb", "a\u{0}b", "a\u{7F}", "a\u{85}b", "a\u{2028}b",
    ])
    func `a subject of more than one line is refused`(subject: String) async throws {
        let mailer = try open()
        await #expect(throws: MailError.self) {
            try await mailer.deliver(letter(subject: subject))
        }
        #expect(try folder.names() == ["spool"])
    }

    @Test(arguments: [
        "Grüße aus Köln", String(repeating: "日本語の件名", count: 20), "😀 =?utf-8?B?eA==?=",
        " spaces ", String(repeating: "long ", count: 100), "=?x?=", "", "\u{202E}gnp.exe",
    ])
    func `a subject comes out of its encoded words as it went in`(subject: String) throws {
        let text = EncodedSubject(subject).text
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        for line in text.components(separatedBy: "\r\n ") {
            #expect(line.utf8.count <= 75)
            #expect(!line.contains("\r") && !line.contains("\n"))
        }
        #expect(try decoded(text) == subject)
    }

    @Test(arguments: [
        "a@b", "first.last+tag@sub.example.org", "!#$%&'*+-/=?^_`{|}~@example.org",
    ])
    func `an address of plain atoms is one`(text: String) {
        #expect(MailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "@", "a@", "@b", "a", "a@b@c", "a b@c", "a@b c", "a,b@c", "<a@b>", "a@b>", "a..b@c",
        ".a@b", "a.@b", "a@b.", "\"a\"@b", "a@[::1]", "ä@b", "a@ä", "a@b\r\nBcc: x@y", "a@b\0",
        "a@" + String(repeating: "b", count: 253),
    ])
    func `what could be read as more than one address is none`(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func `a long line is broken between characters and none is lost`() throws {
        let text = String(repeating: "ä", count: 5000)
        let message = try MailMessage(
            letter(text: text), from: sender, at: Instant(millisecondsSince1970: 0))
        let lines = String(decoding: message.bytes, as: UTF8.self)
            .components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= MailMessage.lineByteCountMaximum })
        #expect(lines.joined().hasSuffix(text))
    }

    @Test(arguments: [
        ("a\nb", "a\r\nb"), ("a\r\nb", "a\r\nb"), ("a\rb", "a\r\nb"),
        ("a\n\r\n\rb", "a\r\n\r\n\r\nb"), ("a\n", "a"),
    ])
    func `every line end becomes CR LF`(text: String, expected: String) throws {
        let message = try MailMessage(
            letter(text: text), from: sender, at: Instant(millisecondsSince1970: 0))
        let end = Array("\r\n\r\n\(expected)\r\n".utf8)
        #expect(message.bytes.suffix(end.count).elementsEqual(end))
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", "Thu, 1 Jan 1970 00:00:00 +0000"),
        ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 +0000"),
        ("2000-02-29T12:00:00Z", "Tue, 29 Feb 2000 12:00:00 +0000"),
        ("2100-03-01T00:00:00Z", "Mon, 1 Mar 2100 00:00:00 +0000"),
    ])
    func `a date is written as RFC 5322 says`(moment: String, expected: String) throws {
        #expect(MailDate(try #require(Instant(moment))).text == expected)
    }

    private func open() throws -> SpoolMailer {
        try SpoolMailer(
            folder: folder.path(of: "spool"), sender: sender, platform: system.platform)
    }

    private func letter(
        id: String = "l1", subject: String = "News", text: String = "Dear Ada"
    ) -> Letter {
        Letter(id: id, recipient: "ada@example.org", subject: subject, text: text)
    }

    /// The subject that a mail program shows.
    private func decoded(_ text: String) throws -> String {
        guard text.hasPrefix("=?utf-8?B?") else { return text }
        let bytes = try text.components(separatedBy: "\r\n ").flatMap { word in
            try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
