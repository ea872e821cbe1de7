import Platform

/// The members of a request's object, by names without regard to case, as Go reads them: each is
/// taken once, and what nobody took is unknown.
struct ConsulFields {
    private var members: [String: (name: String, value: ConsulJSON)] = [:]

    init(_ value: ConsulJSON) throws(ConsulFailure) {
        guard case .object(let list) = value else {
            throw .badRequest("Request decode failed: json: cannot unmarshal into a struct")
        }
        for member in list { members[member.name.lowercased()] = (member.name, member.value) }
    }

    mutating func take(_ name: String) -> ConsulJSON? {
        let value = members.removeValue(forKey: name.lowercased())?.value
        return value == .null ? nil : value
    }

    mutating func text(_ name: String) throws(ConsulFailure) -> String? {
        switch take(name) {
        case nil: return nil
        case .string(let text): return text
        default: throw mistyped(name, "string")
        }
    }

    mutating func number(_ name: String) throws(ConsulFailure) -> Int? {
        switch take(name) {
        case nil: return nil
        case .number(let number): return Int(number)
        default: throw mistyped(name, "int")
        }
    }

    mutating func texts(_ name: String) throws(ConsulFailure) -> [String]? {
        guard let value = take(name) else { return nil }
        guard case .array(let values) = value else { throw mistyped(name, "[]string") }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { throw mistyped(name, "[]string") }
            texts.append(text)
        }
        return texts
    }

    mutating func textMap(_ name: String) throws(ConsulFailure) -> [String: String]? {
        guard let value = take(name) else { return nil }
        guard case .object(let members) = value else { throw mistyped(name, "map") }
        var map: [String: String] = [:]
        for member in members {
            guard case .string(let text) = member.value else { throw mistyped(name, "map") }
            map[member.name] = text
        }
        return map
    }

    /// A duration as text (`"5s"`) or, where `unit` is given, as a number of it.
    mutating func duration(
        _ name: String, unit: Duration = .nanoseconds(1)
    ) throws(ConsulFailure) -> Duration? {
        switch take(name) {
        case nil: return nil
        case .number(let number): return unit * Int(number)
        case .string(let text):
            guard let duration = GoDuration.parse(text) else {
                throw .badRequest(
                    "Request decode failed: time: invalid duration \"\(text)\"")
            }
            return duration
        default: throw mistyped(name, "duration")
        }
    }

    /// Refuses what nobody took.
    func end() throws(ConsulFailure) {
        guard let name = members.values.map(\.name).min() else { return }
        throw .badRequest("Request decode failed: json: unknown field \"\(name)\"")
    }

    private func mistyped(_ name: String, _ type: String) -> ConsulFailure {
        .badRequest(
            "Request decode failed: json: cannot unmarshal into Go struct field .\(name) of type "
                + type)
    }
}
