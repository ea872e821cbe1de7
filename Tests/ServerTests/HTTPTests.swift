import StarchairServer
import Testing

/// Ordinary HTTP beside live connections.
@Suite(.timeLimit(.minutes(30))) struct HTTPTests {
    static func request(_ line: String, _ fields: String...) -> String {
        line + "\r\n" + (["Host: localhost"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    static let hello = request("GET /api/hello HTTP/1.1")

    @Test(arguments: [nil, LiveEndpoint.echo()])
    func `routes and files are served, many on one connection`(live: LiveEndpoint?) async throws {
        try await TestServer(live).run { port in
            try await TestPage.open(port) { page in
                for _ in 0..<3 {
                    let hello = try await page.ask(Self.hello)
                    #expect(hello.status == 200)
                    #expect(hello.body == "hello")
                    #expect(hello.fields["connection"] == nil)
                    let file = try await page.ask(Self.request("GET / HTTP/1.1"))
                    #expect(file.body == TestServer.page)
                    let body = "POST /api/size HTTP/1.1"
                    let size = try await page.ask(Self.request(body, "Content-Length: 5") + "12345")
                    #expect(size.body == "5")
                }
                let upgraded = try await page.ask(Handshake().text)
                #expect(upgraded.status == (live == nil ? 200 : 101))
            }
        }
    }

    @Test func `the manual is below docs, and other paths are the application's`() async throws {
        try await TestServer().run { port in
            try await TestPage.open(port) { page in
                let short = try await page.ask(Self.request("GET /docs HTTP/1.1"))
                #expect(short.status == 301)
                #expect(short.fields["location"] == ["/docs/"])
                for (path, body) in [
                    ("/docs/", TestServer.manual), ("/docs/index.html", TestServer.manual),
                    ("/docs/none", TestServer.page), ("/elsewhere/", TestServer.page),
                ] {
                    let answer = try await page.ask(Self.request("GET \(path) HTTP/1.1"))
                    #expect(answer.status == 200)
                    #expect(answer.body == body)
                }
                let missing = try await page.ask(Self.request("GET /docs/none.html HTTP/1.1"))
                #expect(missing.status == 404)
            }
        }
    }

    @Test func `pipelined requests are answered in their order`() async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.open(port) { page in
                let first = try await page.ask(Self.hello + Self.request("GET /x.css HTTP/1.1"))
                let second = try await page.answer()
                #expect([first.status, second.status] == [200, 404])
                let third = try await page.ask(Self.hello + Handshake().text)
                let fourth = try await page.answer()
                #expect([third.status, fourth.status] == [200, 101])
            }
        }
    }

    @Test func `the live path without an upgrade says what it wants, and goes on`() async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.open(port) { page in
                let answer = try await page.ask(Self.request("GET /ws HTTP/1.1"))
                #expect(answer.status == 426)
                #expect(answer.fields["upgrade"] == ["websocket"])
                let hello = try await page.ask(Self.hello)
                #expect(hello.body == "hello")
            }
        }
    }

    @Test(arguments: ["h2c", "websocket"])
    func `a request for another protocol elsewhere is answered, and its connection closed`(
        name: String
    ) async throws {
        let fields = ["Connection: Upgrade, HTTP2-Settings", "Upgrade: \(name)"]
        try await TestServer(.echo()).run { port in
            try await TestPage.open(port) { page in
                let text = Self.request("GET / HTTP/1.1", fields[0], fields[1])
                let answer = try await page.ask(text)
                #expect(answer.status == 200)
                #expect(answer.body == TestServer.page)
                #expect(answer.fields["connection"] == ["close"])
                let end = try await page.frame()
                #expect(end == nil)
            }
            try await TestPage.open(port) { page in
                let line = "POST /api/size HTTP/1.1"
                let text = Self.request(line, fields[0], fields[1], "Content-Length: 100000")
                let body = String(repeating: "b", count: 100_000)
                let answer = try await page.ask(text + body)
                #expect(answer.body == "100000")
            }
        }
    }

    @Test func `a large head is refused`() async throws {
        try await TestServer(.echo()).run { port in
            for path in ["/", "/ws"] {
                try await TestPage.open(port) { page in
                    let field = "X-Large: " + String(repeating: "x", count: 40_000)
                    let answer = try await page.ask(Self.request("GET \(path) HTTP/1.1", field))
                    #expect(answer.status == 400)
                }
            }
        }
    }

    @Test func `a silent connection of HTTP is closed`() async throws {
        var server = TestServer(.echo())
        server.configuration.idleTimeout = .seconds(1)
        try await server.run { port in
            try await TestPage.open(port) { page in
                let end = try await page.frame()
                #expect(end == nil)
            }
        }
    }
}
