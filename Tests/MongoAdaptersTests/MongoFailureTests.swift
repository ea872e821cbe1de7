import Testing

@testable import MongoAdapters

/// What a server's refusals mean.
@Suite struct MongoFailureTests {
    @Test func `a snapshot from before another replica's new collection passes`() {
        let failure = MongoFailure(statementCode: 246, message: "pending catalog changes")
        #expect(!failure.isRefusal)
    }

    @Test(arguments: [245, 247]) func `its neighbours are refusals`(_ code: Int64) {
        #expect(MongoFailure(statementCode: code, message: "").isRefusal)
    }
}
