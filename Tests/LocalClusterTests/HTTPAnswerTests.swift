import Testing

@testable import LocalCluster

@Suite struct HTTPAnswerTests {
    @Test func `an answer has a status, headers and a body`() throws {
        let text = "HTTP/1.1 200 OK\r\nX-Consul-Index:  7\r\nbad\r\n\r\nbody\r\n\r\n"
        let answer = try #require(HTTPAnswer(Array(text.utf8)))
        #expect(answer.status == 200)
        #expect(answer.headers["x-consul-index"] == "7")
        #expect(answer.body == Array("body\r\n\r\n".utf8))
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1\r\n\r\n", "AMQP 200\r\n\r\n"])
    func `what is cut off is no answer`(text: String) {
        #expect(HTTPAnswer(Array(text.utf8)) == nil)
    }
}
