import Testing

@testable import StarchairServer

/// Pages that say nonsense.
@Suite(.timeLimit(.minutes(30))) struct MutationTests {
    @Test func `a thousand pages that say nonsense cost a connection each and nothing else`()
        async throws
    {
        var server = TestServer(.echo())
        // A place that did not come back would soon be missed.
        server.configuration.liveConnectionCountMaximum = 32
        try await server.run { port in
            try await TestPage.live(port) { witness in
                let bytes = [
                    Frame.text("hello"), .ping("x"), .text("a", isFinal: false),
                    .continuation("b", isFinal: true), .text(String(repeating: "c", count: 300)),
                ].flatMap(\.bytes)
                for seed: UInt64 in 0..<1000 {
                    var random = SplitMix64(state: seed)
                    let mutated = Mutation.of(bytes, by: &random)
                    try await TestPage.live(port) { page in
                        try await page.send(mutated)
                        page.finish()
                        while try await page.frame() != nil {}
                    }
                }
                try await witness.send(.text("still here"))
                let text = try await witness.text()
                #expect(text == "still here")
            }
        }
    }
}
