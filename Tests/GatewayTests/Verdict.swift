import Testing

/// Who is allowed something, and with which code the others are refused.
struct Verdict {
    typealias Role = TestCommittee.Role

    let allowed: [Role]
    /// The code for who stands nowhere else.
    let code: String
    var exceptions: [String: [Role]] = [:]

    private static let statuses = [
        "signInRequired": 401, "forbidden": 403, "notAssigned": 403, "noSuchSubmission": 404,
        "noSuchPost": 404, "noSuchFile": 404, "noSuchConference": 404,
    ]

    private func code(for role: Role) -> String {
        if role == .anonymous { return "signInRequired" }
        return exceptions.first { $0.value.contains(role) }?.key ?? code
    }

    /// Everybody is answered so; what is refused changes and tells nothing.
    func expect(
        of call: Call, in world: TestCommittee, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for role in Role.allCases where !allowed.contains(role) {
            let code = code(for: role)
            let answer = try await world.refused(
                call, by: role, Self.statuses[code] ?? 0, code, sourceLocation: sourceLocation)
            let told = world.words.filter { answer.text.contains($0) }
            #expect(told.isEmpty, "\(call.path) by \(role)", sourceLocation: sourceLocation)
        }
        // A second one may come too late, but is not kept out for who it is.
        for role in allowed {
            let answer = try await world.answer(call, by: role)
            #expect(
                [200, 201, 409, 412].contains(answer.status),
                "\(call.path) by \(role): \(answer.text)", sourceLocation: sourceLocation)
        }
    }
}
