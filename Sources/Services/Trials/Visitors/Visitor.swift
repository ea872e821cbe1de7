import FoundationEssentials
import Platform

/// A person with a browser: repeats under the same key what got no answer, as a good client does.
public final class Visitor: Sendable {
    /// How a visitor behaves.
    public struct Configuration: Sendable {
        /// Attempts at one intention.
        public var attemptCountMaximum = 8
        /// The longest pause before the second attempt; it doubles.
        public var firstPause = Duration.milliseconds(200)
        /// The longest pause of all.
        public var pauseMaximum = Duration.seconds(4)

        /// A patient visitor.
        public init() {}
    }

    /// The visitor's name in histories; it is no account's name.
    public let name: String
    /// The visitor's own time and chance.
    public let platform: Platform
    private let port: any HTTPPort
    private let configuration: Configuration
    private let session: Session

    private actor Session {
        var token: String?

        func set(_ token: String?) { self.token = token }
    }

    /// A visitor who has not signed in.
    public init(
        _ name: String, port: any HTTPPort, platform: Platform,
        configuration: Configuration = .init()
    ) {
        self.name = name
        self.port = port
        self.platform = platform
        self.configuration = configuration
        session = Session()
    }

    /// A new name for an intention.
    public func newIntention() -> String {
        ID<Visitor>(platform.random, for: "intention").text
    }

    /// The session's token, for a visitor who comes back later.
    public var sessionToken: String? {
        get async { await session.token }
    }

    /// Goes on with a session that was opened before.
    public func resume(_ token: String) async { await session.set(token) }

    /// Asks for a value.
    public func get<Value: Decodable & Sendable>(
        _ path: String, as type: Value.Type = Value.self
    ) async -> Told<Value> {
        await carryOut(HTTPCall(method: "GET", path: path))
    }

    /// Asks for bytes.
    public func getBytes(_ path: String) async -> Told<[UInt8]> {
        let answer = await answer(to: HTTPCall(method: "GET", path: path))
        guard let answer else { return .unknown }
        guard answer.status == 200 else { return Self.refusal(answer) }
        return .done(answer.body)
    }

    /// Carries out an intention, under its name if it has one.
    public func post<Value: Decodable & Sendable>(
        _ path: String, _ body: some Encodable, intention: String? = nil,
        as type: Value.Type = Value.self
    ) async -> Told<Value> {
        await carryOut(
            HTTPCall(
                method: "POST", path: path,
                headers: [["Content-Type", "application/json"]] + Self.key(intention),
                body: Self.encode(body)))
    }

    /// Sends a file.
    public func upload<Value: Decodable & Sendable>(
        _ bytes: [UInt8], name: String, intention: String, as type: Value.Type = Value.self
    ) async -> Told<Value> {
        let boundary = "part-\(intention)"
        let head = """
            --\(boundary)\r\nContent-Disposition: form-data; name="file"; filename="\(name)"\r\n\
            Content-Type: application/pdf\r\n\r\n
            """
        let body = Array(head.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        let type = ["Content-Type", "multipart/form-data; boundary=\(boundary)"]
        return await carryOut(
            HTTPCall(
                method: "POST", path: "/api/draft/upload",
                headers: [type] + Self.key(intention), body: body))
    }

    private static func key(_ intention: String?) -> [[String]] {
        intention.map { [["Idempotency-Key", $0]] } ?? []
    }

    private struct Reply<Value: Decodable>: Decodable {
        var data: Value
    }

    private struct ProblemBody: Decodable {
        var code: String
    }

    private func carryOut<Value: Decodable & Sendable>(_ call: HTTPCall) async -> Told<Value> {
        guard let answer = await answer(to: call) else { return .unknown }
        guard (200..<300).contains(answer.status) else { return Self.refusal(answer) }
        do {
            let reply = try JSONDecoder().decode(Reply<Value>.self, from: Data(answer.body))
            await keepSession(answer)
            return .done(reply.data)
        } catch {
            return .refused(status: answer.status, code: "unreadable answer: \(error)")
        }
    }

    /// The first definite answer; nil when no attempt got one.
    private func answer(to call: HTTPCall) async -> HTTPAnswer? {
        var call = call
        if let token = await session.token {
            call.headers.append(["Cookie", "starchair_session=\(token)"])
        }
        var pause = configuration.firstPause
        for _ in 0..<configuration.attemptCountMaximum {
            if let answer = await attempt(call), answer.status < 500 { return answer }
            let rest = platform.random.duration(below: pause, for: "visitor pause")
            do { try await platform.clock.sleep(for: rest) } catch { return nil }
            pause = min(pause * 2, configuration.pauseMaximum)
        }
        return nil
    }

    private func attempt(_ call: HTTPCall) async -> HTTPAnswer? {
        do throws(NoAnswer) {
            return try await port.exchange(call)
        } catch {
            return nil
        }
    }

    private func keepSession(_ answer: HTTPAnswer) async {
        guard let cookie = answer.header("Set-Cookie"),
            let value = cookie.split(separator: ";").first?.split(separator: "=").last,
            cookie.hasPrefix("starchair_session=")
        else { return }
        await session.set(cookie.contains("Max-Age=0") ? nil : String(value))
    }

    private static func refusal<Value>(_ answer: HTTPAnswer) -> Told<Value> {
        do {
            let problem = try JSONDecoder().decode(ProblemBody.self, from: Data(answer.body))
            return .refused(status: answer.status, code: problem.code)
        } catch {
            return .refused(status: answer.status, code: "no problem body")
        }
    }

    private static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            return Array(try encoder.encode(value))
        } catch {
            preconditionFailure("a trial sends values that JSON can hold: \(error)")
        }
    }
}
