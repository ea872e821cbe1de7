import FoundationEssentials

/// Requests to Consul's agents and what their answers mean.
struct ConsulConversation: Sendable {
    let exchange: any HTTPExchange
    let token: String?

    /// A good answer to a query.
    struct Found<Value: Sendable>: Sendable {
        let value: Value
        let index: String?
        /// How long ago the server that answered last heard of a leader.
        let age: Duration
    }

    /// The agent's answer, whatever its status.
    func send(
        _ method: HTTPRequestMessage.Method, _ target: ConsulTarget, at agent: String,
        body: [UInt8] = [], timeout: Duration
    ) async throws(RegistryError) -> HTTPResponseMessage {
        var request = HTTPRequestMessage(
            method, at: agent, target.text,
            answerByteCountMaximum: ConsulRegistry.Limit.answerByteCountMaximum)
        request.headers["x-consul-token"] = token
        if !body.isEmpty { request.headers["content-type"] = "application/json" }
        request.body = body
        do throws(TransportError) {
            return try await exchange.exchange(request, timeout: timeout)
        } catch {
            throw .unavailable
        }
    }

    /// What a query found.
    func find<Value: Decodable & Sendable>(
        _ type: Value.Type, _ target: ConsulTarget, at agent: String, timeout: Duration
    ) async throws(RegistryError) -> Found<Value> {
        let found = try await find(target, at: agent, timeout: timeout)
        return Found(
            value: try Self.decode(type, found.value), index: found.index, age: found.age)
    }

    /// What a query found, as it came.
    func find(
        _ target: ConsulTarget, at agent: String, timeout: Duration
    ) async throws(RegistryError) -> Found<[UInt8]> {
        let answer = try await send(.get, target, at: agent, timeout: timeout)
        // An error's index is 1 and means nothing.
        guard answer.status == 200,
            answer.body.count <= ConsulRegistry.Limit.answerByteCountMaximum
        else { throw .unavailable }
        let age = answer.headers["x-consul-lastcontact"].flatMap(UInt32.init) ?? 0
        return Found(
            value: answer.body, index: answer.headers["x-consul-index"],
            age: .milliseconds(Int64(age)))
    }

    /// The content of an answer.
    static func decode<Value: Decodable>(
        _ type: Value.Type, _ body: [UInt8]
    ) throws(RegistryError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body))
        } catch {
            throw .unavailable
        }
    }

    /// A value as the content of a request.
    static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            preconditionFailure("a request holds text and numbers only: \(error)")
        }
    }
}
