import Testing

@testable import Cluster

@Suite struct ConsulRowListTests {
    private struct Row: Decodable, Hashable, Sendable {
        let id: String
        let tags: [String]?
    }

    private static func decode(_ texts: [String]) throws -> [[Row]] {
        var list = ConsulRowList<Row>()
        return try texts.map { try list.decode(Array($0.utf8)) }
    }

    @Test func `rows are those of the answer in its order, whatever stood in the last one`() throws
    {
        let found = try Self.decode([
            #"[{"id":"a"},{"id":"b","tags":["x","}],["]}]"#,
            #"[{"id":"a"},{"id":"a2"},{"id":"b","tags":["x"]}]"#,
            #"[{"id":"b","tags":["x"]},{"id":"a"}]"#,
            "[]",
            " [ {\"id\" : \"\\\"a\\\\\"} ,\n{\"id\":\"a\"} ]\r\n",
        ])
        #expect(
            found.map { $0.map(\.id) } == [
                ["a", "b"], ["a", "a2", "b"], ["b", "a"], [], ["\"a\\", "a"],
            ])
        #expect(found[0][1].tags == ["x", "}],["])
        #expect(found[1][2].tags == ["x"])
    }

    @Test func `a row that comes back after more than the gap is read again`() throws {
        func answer(_ numbers: some Sequence<Int>) -> String {
            "[" + numbers.map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]"
        }
        let (all, some) = (Array(0..<60), [0] + Array(40..<60))
        let found = try Self.decode([answer(all), answer(some), answer(all)])
        #expect(found.map { $0.compactMap { Int($0.id) } } == [all, some, all])
    }

    @Test(arguments: [
        "", "[", "{}", "[{}]", "[1]", #"[{"id":"a"}"#, #"[{"id":"a"}{"id":"b"}]"#,
        #"[,{"id":"a"}]"#, #"[{"id":"a"}] x"#, #"[{"id":"a"]}"#,
        #"[[{"id":"a"}]]"#, #"[{"id":"a"},null]"#, #"[{"id":}]"#,
    ])
    func `what is no list of rows is refused`(text: String) {
        #expect(throws: RegistryError.unavailable) { try Self.decode([text]) }
    }
}
