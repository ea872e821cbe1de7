import ClusterSimulator
import Platform
import Testing

struct RandomStreamsTests {
    private func key(_ node: String, _ purpose: String, _ id: String = "") -> RandomStreams.Key {
        RandomStreams.Key(node: node, purpose: purpose, id: id)
    }

    @Test func `one more draw in one stream changes no other`() {
        let plain = RandomStreams(seed: 7)
        let disturbed = RandomStreams(seed: 7)
        for _ in 0..<100 {
            _ = disturbed.stream(key("a", "delay")).next()
            #expect(
                plain.stream(key("b", "delay")).next()
                    == disturbed.stream(key("b", "delay")).next())
        }
    }

    @Test func `seed, node, purpose and id all tell streams apart`() {
        let keys = [
            key("a", "b"), key("b", "a"), key("ab", ""), key("", "ab"), key("a", "", "b"),
            key("a", "b", "1"), key("a", "b1"),
        ]
        let draws = [1, 2].flatMap { seed in
            keys.map { RandomStreams(seed: seed).stream($0).next() }
        }
        #expect(Set(draws).count == draws.count)
    }

    @Test func `a stream goes on where it was left`() {
        let streams = RandomStreams(seed: 1)
        let first = streams.stream(key("a", "b")).next()
        #expect(streams.stream(key("a", "b")).next() != first)
    }

    @Test func `draws stay within their bounds and reach them`() {
        let stream = RandomStreams(seed: 1).stream(key("a", "b"))
        let numbers = Set((0..<1000).map { _ in stream.below(5) })
        #expect(numbers == [0, 1, 2, 3, 4])
        let range = Duration.nanoseconds(3)...Duration.nanoseconds(5)
        let durations = Set((0..<1000).map { _ in stream.duration(in: range) })
        #expect(durations == [.nanoseconds(3), .nanoseconds(4), .nanoseconds(5)])
        #expect(!(0..<1000).contains { _ in stream.chance(permille: 0) })
        #expect((0..<1000).allSatisfy { _ in stream.chance(permille: 1000) })
    }

    @Test func `a node's draws do not depend on what other nodes draw`() {
        func draws(disturbed: Bool) -> [UInt64] {
            let draws = Box<[UInt64]>([])
            _ = simulate { simulation in
                let node = simulation.makeNode("a")
                let other = simulation.makeNode("b")
                if disturbed {
                    await other.start("draw") { _ = other.platform.random.next("id") }.wait()
                    _ = simulation.random("network").next()
                }
                await node.start("draw") {
                    draws.value = (0..<5).map { _ in node.platform.random.next("id") }
                }.wait()
            }
            return draws.value
        }
        #expect(draws(disturbed: false) == draws(disturbed: true))
    }
}
