import BSON
import PeerReview
import Testing

/// What is an e-mail address, and which two are the same.
struct EmailAddressTests {
    private static let a63 = String(repeating: "a", count: 63)
    private static let a64 = a63 + "a"

    /// An address of so many bytes, all of its parts within their limits.
    private static func address(byteCount: Int) -> String {
        let domain = [a63, a63, String(repeating: "b", count: byteCount - 64 - 1 - 2 * 64 - 4)]
        return a64 + "@" + domain.joined(separator: ".") + ".org"
    }

    @Test(arguments: [
        "a@b.c", "ada@example.org", "ada.lovelace+tag@example.co.uk", "o'brien@example.org",
        "!#$%&'*+-/=?^_`{|}~@example.org", "1@2.3", "a-b@c-d.e-f", "é@exämple.org",
        "用户@例子.公司", "пример@пример.рф", "मोहन@example.org", "a.b.c@x.y.z", "a64@example.org",
        a64 + "@example.org", "a@" + a63 + ".org", address(byteCount: 253),
        address(byteCount: 254),
    ])
    func `an address in its usual form is taken as it is`(text: String) {
        #expect(EmailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", " ", "@", "a", "a@", "@b.c", "a@b", "a@@b.c", "a@b@c.d", "a b@c.d", " a@b.c", "a@b.c ",
        "a@b.c\n", "a\0@b.c", "a@b\0.c", ".a@b.c", "a.@b.c", "a..b@c.d", "a@.b.c", "a@b.c.",
        "a@b..c", "a@-b.c", "a@b-.c", "a@b_c.d", "\"a b\"@c.d", "a@[127.0.0.1]", "a,b@c.d",
        "<a@b.c>", "Ada <a@b.c>", "a;b@c.d", "a(b)@c.d", "a:b@c.d", "a\\b@c.d", "a@b.c,d@e.f",
        "a\u{200B}@b.c", "a\u{202E}@b.c", "🧑@b.c", "a@🧑.c", "a@b\u{3002}c", "a\u{FF20}b.c",
        ".\u{345}a@b.c", "a..\u{345}b@c.d", "a@-\u{345}b.c",
        a64 + "a@example.org", "a@" + a63 + "a.org", address(byteCount: 255),
        String(repeating: "é", count: 33) + "@example.org",
    ])
    func `what is no address is refused`(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test(arguments: [
        ("Ada@Example.ORG", "ada@example.org"), ("ÉCOLE@EXÄMPLE.ORG", "école@exämple.org"),
        ("ПРИМЕР@Пример.РФ", "пример@пример.рф"),
    ])
    func `addresses that differ in case only are one`(written: String, form: String) {
        #expect(EmailAddress(written) == EmailAddress(form))
        #expect(EmailAddress(written)?.text == form)
    }

    @Test func `letters that look alike are not one`() {
        #expect(EmailAddress("а@b.c") != EmailAddress("a@b.c"))
        #expect(EmailAddress("ß@b.c") != EmailAddress("ss@b.c"))
    }

    @Test func `the form of an address is an address of the same form`() {
        for value in 0...0x1FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value),
                scalar.properties.lowercaseMapping != String(scalar),
                let address = EmailAddress("a\(scalar)@b\(scalar).c")
            else { continue }
            #expect(
                EmailAddress(address.text)?.text == address.text, "U+\(String(value, radix: 16))")
        }
    }

    @Test func `the form of an address keeps the limits`() {
        // Two bytes that become three in lower case.
        let text = String(repeating: "\u{23A}", count: 32) + "@example.org"
        #expect(EmailAddress(text) == nil)
        #expect(EmailAddress("\u{23A}@example.org")?.text == "\u{2C65}@example.org")
    }

    @Test func `an address is encoded as its text and a bad one is refused`() throws {
        let address = try #require(EmailAddress("Ada@example.org"))
        let bytes = try BSONEncoder().encode(["to": address])
        #expect(bytes == (try BSONEncoder().encode(["to": "ada@example.org"])))
        #expect(
            try BSONDecoder().decode([String: EmailAddress].self, from: bytes) == ["to": address])
        let bad = try BSONEncoder().encode(["to": "ada"])
        #expect(throws: DecodingError.self) {
            try BSONDecoder().decode([String: EmailAddress].self, from: bad)
        }
    }
}
