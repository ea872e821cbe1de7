import HTTPTypes
import Ports
import StarchairServer
import Testing

/// The opening handshake (RFC 6455, section 4.2).
@Suite(.timeLimit(.minutes(30))) struct HandshakeTests {
    static let bad: [(Handshake, status: Int)] = [
        (Handshake().with("Upgrade"), 426), (Handshake().with("Upgrade", "h2c"), 426),
        (Handshake().with("Upgrade", "websocket2"), 426),
        (Handshake().with("Connection"), 426), (Handshake().with("Connection", "close"), 426),
        (Handshake().with("Sec-WebSocket-Version"), 426),
        (Handshake().with("Sec-WebSocket-Version", "8"), 426),
        (Handshake().with("Sec-WebSocket-Version", "13", "8"), 426),
        (Handshake().with("Sec-WebSocket-Key"), 400),
        (Handshake().with("Sec-WebSocket-Key", ""), 400),
        (Handshake().with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAA"), 400),
        (Handshake().with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAAA="), 400),
        (Handshake().with("Sec-WebSocket-Key", "!!!!AAAAAAAAAAAAAAAAAA=="), 400),
        (
            Handshake().with(
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ=="),
            400
        ),
        (Handshake().with("Host"), 400), (Handshake().with("Host", ""), 400),
        (Handshake().with("Content-Length", "4"), 400),
        (Handshake().with("Transfer-Encoding", "chunked"), 400),
        (Handshake().with(requestLine: "POST /ws HTTP/1.1"), 405),
        (Handshake().with(requestLine: "HEAD /ws HTTP/1.1"), 405),
        (Handshake().with(requestLine: "GET /ws HTTP/1.0"), 426),
    ]

    @Test func `a right handshake is answered as the specification's example`() async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.open(port) { page in
                let answer = try await page.ask(Handshake().text)
                #expect(answer.status == 101)
                #expect(answer.fields["upgrade"] == ["websocket"])
                #expect(answer.fields["connection"] == ["Upgrade"])
                #expect(answer.fields["sec-websocket-accept"] == ["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="])
                #expect(answer.fields["sec-websocket-extensions"] == nil)
            }
        }
    }

    @Test func `a wrong handshake is refused before anybody is asked`() async throws {
        let asked = Journal()
        let live = LiveEndpoint(path: "/ws") { _ in
            asked.write("asked")
            return .refused(
                LiveRefusal(status: .init(code: 418), mediaType: "text/plain", body: []))
        }
        try await TestServer(live).run { port in
            for (handshake, status) in Self.bad {
                try await TestPage.open(port) { page in
                    let answer = try await page.ask(handshake.text)
                    #expect(answer.status == status, "\(handshake)")
                    guard status == 426 else { return }
                    #expect(answer.fields["upgrade"] == ["websocket"])
                    #expect(answer.fields["connection"]?.first == "Upgrade")
                    let version = handshake.fields.filter { $0.0 == "Sec-WebSocket-Version" }
                    let isForVersion = version.map(\.1) != ["13"]
                    #expect(
                        answer.fields["sec-websocket-version"] == (isForVersion ? ["13"] : nil))
                }
            }
            try await TestPage.open(port) { page in
                let answer = try await page.ask(Handshake().text)
                #expect(answer.status == 418)
            }
        }
        #expect(await asked.next() == ["asked"])
    }

    @Test(arguments: [401, 403, 503])
    func `who is not admitted gets an ordinary response`(status: Int) async throws {
        let live = LiveEndpoint(path: "/ws") { _ in
            .refused(
                LiveRefusal(
                    status: .init(code: status), mediaType: "application/problem+json",
                    body: Array(#"{"code":"no"}"#.utf8)))
        }
        try await TestServer(live).run { port in
            try await TestPage.open(port) { page in
                let answer = try await page.ask(Handshake().text)
                #expect(answer.status == status)
                #expect(answer.fields["content-type"] == ["application/problem+json"])
                #expect(answer.fields["date"]?.count == 1)
                #expect(answer.body == #"{"code":"no"}"#)
                #expect(try await page.frame() == nil)
            }
        }
    }

    @Test func `the admission sees cookies, origin and query, and passes on whom it found`()
        async throws
    {
        let live = LiveEndpoint(path: "/ws") { request in
            let fields = request.headerFields
            let seen = [request.path, fields[.cookie], fields[.origin]].map { $0 ?? "none" }
            return .admitted { connection in
                do {
                    try await connection.send(seen.joined(separator: " "))
                } catch {
                    Issue.record(error)
                }
            }
        }
        try await TestServer(live).run { port in
            try await TestPage.open(port) { page in
                let handshake = Handshake().with(requestLine: "GET /ws?since=4 HTTP/1.1")
                let answer = try await page.ask(handshake.with("Cookie", "session=1").text)
                try #require(answer.status == 101)
                #expect(try await page.text() == "/ws?since=4 session=1 http://localhost")
                let close = try await page.frame()
                #expect(close?.code == 1000)
                try await page.send(.close(1000))
            }
        }
    }
}
