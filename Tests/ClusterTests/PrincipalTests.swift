import Platform
import Testing

@testable import Cluster

/// Who calls, and under which identity.
struct PrincipalTests {
    private static let parties: [(Party, String)] = [
        (.anonymous, "anonymous"), (.account("7"), "account:7"), (.account(""), "account:"),
        (.account("a/b:c"), "account:a/b:c"), (.account("é\0"), "account:é\0"),
        (.service("draft"), "service:draft"),
    ]

    @Test(arguments: parties)
    func `a party is one text on the wire`(party: Party, text: String) {
        let frame = Frame.encode(["party": party])
        #expect(frame == Frame.encode(["party": text]))
        #expect(Frame.decode(frame) == ["party": party])
        #expect(party.text == text)
    }

    @Test func `a party is an account or a service or neither`() {
        #expect(Party.account("7").accountID == "7")
        #expect(Party.account("7").serviceName == nil)
        #expect(Party.service("draft").serviceName == "draft")
        #expect(Party.service("draft").accountID == nil)
        #expect(Party.anonymous.accountID == nil)
        #expect(Party.anonymous.serviceName == nil)
        #expect(Party.account("service:draft").serviceName == nil)
    }

    @Test func `a principal keeps actor, subject and claims apart on the wire`() {
        struct Wire: Codable {
            var actor = "account:chair"
            var subject = "account:author"
            var claims = ["email": ["a@example.org", "b@example.org"], "role": []]
        }
        let read: Principal = Frame.decode(Frame.encode(Wire()))
        #expect(read.actor == .account("chair"))
        #expect(read.subject == .account("author"))
        #expect(read.claims == Wire().claims)
        #expect(Frame.decode(Frame.encode(read)) == read)
    }

    @Test func `a principal without delegation acts as itself`() {
        let principal = Principal(.account("7"))
        #expect(principal.actor == principal.subject)
        #expect(principal.claims == [:])
        #expect(Principal.anonymous.subject == .anonymous)
    }

    @Test(arguments: ["r", String(repeating: "r", count: 43), String(repeating: "r", count: 64)])
    func `a caused call has its own id, the same at each attempt`(id: String) throws {
        let context = CallContext(
            principal: Principal(.account("7")), requestID: try #require(RequestID(id)),
            traceID: "trace", deadline: .seconds(5))
        let caused = context.causing("twenty-bytes-purpose", as: Principal(.service("draft")))
        let again = context.causing("twenty-bytes-purpose", as: Principal(.service("draft")))
        #expect(caused.requestID == again.requestID)
        #expect(caused.requestID != context.requestID)
        #expect(caused.requestID != context.causing("other", as: .anonymous).requestID)
        #expect(caused.principal == Principal(.service("draft")))
        #expect(caused.traceID == "trace")
        #expect(caused.deadline == .seconds(5))
    }
}
