import Testing

@testable import RedisAdapter

/// A command has the form that the protocol says.
@Suite struct RedisCommandTests {
    private func text(_ words: [String]) -> String {
        String(decoding: RedisCommand(words.map { Array($0.utf8) }).bytes, as: UTF8.self)
    }

    @Test func `words are bulk strings of an array`() {
        #expect(text(["GET", "key"]) == "*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n")
        #expect(text(["SET", "", "é"]) == "*3\r\n$3\r\nSET\r\n$0\r\n\r\n$2\r\né\r\n")
    }

    @Test(arguments: [9, 10, 99, 100, 101, 65_536])
    func `a length is written out`(_ count: Int) {
        let word = String(repeating: "x", count: count)
        #expect(text([word]) == "*1\r\n$\(count)\r\n\(word)\r\n")
    }
}
