import Foundation
import Testing

@testable import SystemAdapters

/// Lines that any mail system passes on.
@Suite struct QuotedPrintableTests {
    private static let samples: [(line: String, expected: [String])] = [
        ("", [""]), ("plain.", ["plain."]), ("a=b", ["a=3Db"]), ("ä", ["=C3=A4"]),
        ("end ", ["end=20"]), ("end\t", ["end=09"]), ("a b", ["a b"]), (" ", ["=20"]),
        (".", ["."]), ("\u{0}\u{7F}", ["=00=7F"]), (xs(75), [xs(75)]),
        (xs(76), ["\(xs(75))=", "x"]), (xs(73) + "ä", ["\(xs(73))=", "=C3=A4"]),
        (xs(72) + "ä", ["\(xs(72))=C3=", "=A4"]),
    ]

    private static func xs(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test(arguments: samples)
    func `a line is written as RFC 2045 says`(line: String, expected: [String]) {
        #expect(QuotedPrintable.lines(of: [line]) == expected)
    }

    @Test func `no line is too long and every byte comes back`() throws {
        for count in 0..<200 {
            let line = String(repeating: "aä =😀", count: count)
            let lines = QuotedPrintable.lines(of: [line])
            #expect(
                lines.allSatisfy { $0.utf8.count <= QuotedPrintable.lineByteCountMaximum })
            var text = ""
            for (index, part) in lines.enumerated() {
                let goesOn = index < lines.count - 1
                #expect(part.hasSuffix("=") == goesOn)
                text += goesOn ? String(part.dropLast()) : part
            }
            #expect(try decoded(text) == line)
        }
    }

    private func decoded(_ text: String) throws -> String {
        try #require(
            text.replacing("%", with: "=25").replacing("=", with: "%").removingPercentEncoding)
    }
}
