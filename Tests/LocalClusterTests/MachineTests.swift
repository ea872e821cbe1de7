import Testing

@testable import LocalCluster

@Suite struct MachineTests {
    private let draft = Machine(
        role: .service(name: "DraftService", replica: 2), address: "10.77.3.2",
        program: Program("true", []))
    private let redis = Machine(
        role: .server(.redis), address: "10.77.0.13", program: Program("true", []))

    @Test(arguments: ["DraftService/2", "draftservice", "draft", "Draft/2"])
    func `an instance answers to its names`(text: String) { #expect(draft.answers(to: text)) }

    @Test(arguments: ["", "draft/1", "draft/", "draft/22", "drafts", "user/2", "/2", "redis"])
    func `and to no others`(text: String) { #expect(!draft.answers(to: text)) }

    @Test func `a server has one name`() {
        #expect(redis.answers(to: "Redis"))
        #expect(!redis.answers(to: "redis/1"))
        #expect(!redis.answers(to: "redisservice"))
    }
}
