import Platform
import Ports

/// What every ``Mailer`` promises.
public enum MailerConformance {
    /// A mailer to be checked.
    public struct Subject: Sendable {
        /// The mailer; it has taken no letter.
        public let mailer: any Mailer
        /// Starts what runs at the same time.
        public let tasks: any TaskStarter
        /// The ids of the letters that the mail system has, in any order, some maybe twice.
        public let takenIDs: @Sendable () async throws -> [String]

        /// Describes a mailer that has taken no letter.
        public init(
            _ mailer: any Mailer, tasks: any TaskStarter,
            takenIDs: @escaping @Sendable () async throws -> [String]
        ) {
            self.mailer = mailer
            self.tasks = tasks
            self.takenIDs = takenIDs
        }
    }

    /// All checks, each for a fresh subject.
    public static let checks: [Check<Subject>] = [
        Check("a letter that was delivered is taken") { subject in
            try await subject.mailer.deliver(letter("one"))
            try expect("letters", try await subject.taken(), is: ["one"])
        },
        Check("a letter that is handed over twice is taken at least once") { subject in
            for id in ["one", "one", "two", "one"] {
                try await subject.mailer.deliver(letter(id))
            }
            try expect("letters", try await subject.taken(), is: ["one", "two"])
        },
        Check("letters that are handed over at the same time are all taken") { subject in
            _ = try await subject.tasks.together(20) { number in
                try await subject.mailer.deliver(letter("\(number % 10)"))
            }
            try expect("letters", try await subject.taken(), is: (0..<10).map { "\($0)" })
        },
        Check("a subject and a text in any language are taken") { subject in
            for (number, text) in ["", "Grüße", "שלום", "日本語 😀", " ", "=?utf-8?B?eA==?="]
                .enumerated()
            {
                try await subject.mailer.deliver(
                    letter("\(number)", subject: text, text: text + "\r\n.\r\n\n\(text)"))
            }
            try expect("letters", try await subject.taken().count, is: 6)
        },
        Check("a long text and a text that looks like a protocol's end are taken") { subject in
            let texts = [
                "", ".", "..\n.\n", "\r\n.\r\nQUIT\r\n", String(repeating: "ä", count: 2000),
                String(repeating: ".line = \t \n", count: 2000),
            ]
            for (number, text) in texts.enumerated() {
                try await subject.mailer.deliver(letter("\(number)", text: text))
            }
            try expect("letters", try await subject.taken().count, is: texts.count)
        },
        Check("a letter that is refused stands in no other's way") { subject in
            for id in ["one", "two"] {
                try await expectRefused(letter("bad", to: "nobody"), by: subject)
                try await subject.mailer.deliver(letter(id))
                try await expectRefused(letter("bad", subject: "a\nb"), by: subject)
            }
            try expect("letters", try await subject.taken(), is: ["one", "two"])
        },
        Check("a line break in a subject or an address is refused") { subject in
            for hostile in ["x\r\nBcc: eve@example.org", "x\nBcc: y", "x\ry", "\r\n\r\nbody"] {
                try await expectRefused(letter("a", subject: hostile), by: subject)
                try await expectRefused(letter("b", to: "ada@example.org" + hostile), by: subject)
                try await expectRefused(letter("c", to: hostile + "@example.org"), by: subject)
            }
            try expect("letters", try await subject.taken(), is: [])
        },
        Check("an address without an @ is refused") { subject in
            try await expectRefused(letter("a", to: ""), by: subject)
            try await expectRefused(letter("b", to: "ada"), by: subject)
            try expect("letters", try await subject.taken(), is: [])
        },
    ]

    private static func letter(
        _ id: String, to recipient: String = "ada@example.org", subject: String = "News",
        text: String = "Dear Ada,\n"
    ) -> Letter {
        Letter(id: id, recipient: recipient, subject: subject, text: text)
    }

    private static func expectRefused(_ letter: Letter, by subject: Subject) async throws {
        try await expectError("delivering \(letter)", "a refusal") {
            () async throws(MailError) in
            try await subject.mailer.deliver(letter)
        } where: { error in
            if case .refused = error { true } else { false }
        }
    }
}

extension MailerConformance.Subject {
    /// The ids of the letters that were taken, each once.
    fileprivate func taken() async throws -> [String] { Set(try await takenIDs()).sorted() }
}
