import Foundation
import Testing

extension TestInstallation {
    /// Words of the inside that no answer may show.
    private static let innerWords = [
        "swift", "sources/", "decodingerror", "codingkey", "storeerror", "clustererror",
        "fatal", "stack", "debugdescription", "mongodb", "sqlite", "optional(",
    ]

    /// Every answer forbids to guess its type, to keep it and to run what is in it.
    func expectGuarded(_ answer: Answer, to call: Call) {
        #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(call.path)")
        #expect(answer.header("Referrer-Policy") == "no-referrer", "\(call.path)")
        #expect(answer.header("Cache-Control") == "no-store", "\(call.path)")
        #expect(
            answer.header("Content-Security-Policy") == "default-src 'none'; sandbox",
            "\(call.path)")
        #expect(answer.header("Access-Control-Allow-Origin") == nil, "\(call.path)")
        #expect(answer.header("Content-Type") != nil, "\(call.path)")
    }

    /// The answer is a problem of RFC 9457 that shows nothing of the inside and of nobody.
    func expectProblem(
        _ answer: Answer, _ status: Int, _ codes: Set<String>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = answer.text
        #expect(answer.status == status, "\(text)", sourceLocation: sourceLocation)
        #expect(
            answer.header("Content-Type") == "application/problem+json",
            sourceLocation: sourceLocation)
        guard answer.status >= 400 else { return }
        let members = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        let names: Set = ["type", "title", "status", "code", "parameters"]
        #expect(Set((members ?? [:]).keys) == names, sourceLocation: sourceLocation)
        let problem = try answer.problem()
        #expect(problem.status == answer.status, sourceLocation: sourceLocation)
        #expect(codes.contains(problem.code), "\(problem.code)", sourceLocation: sourceLocation)
        #expect(
            problem.type == "urn:starchair:problem:\(problem.code)", sourceLocation: sourceLocation)
        #expect(problem.title.hasSuffix("."), sourceLocation: sourceLocation)
        #expect(answer.body.count < 600, sourceLocation: sourceLocation)
        #expect(!text.contains("@"), "\(text)", sourceLocation: sourceLocation)
        let lowered = text.lowercased()
        for word in Self.innerWords {
            #expect(!lowered.contains(word), "\(text)", sourceLocation: sourceLocation)
        }
    }

    /// The request is refused, changes nothing, and the next good one works.
    @discardableResult
    func expectRefusal(
        of call: Call, _ status: Int, _ codes: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let before = footprint
        let answer = try await answer(to: call)
        try expectProblem(answer, status, Set(codes), sourceLocation: sourceLocation)
        let isUnchanged = footprint == before
        #expect(isUnchanged, "\(call.path) changed something", sourceLocation: sourceLocation)
        let next = try await self.answer(to: .get("/api/conference/getAcceptConference"))
        #expect(next.status == 200, sourceLocation: sourceLocation)
        return answer
    }
}
