import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// Which instance a call goes to.
struct DirectoryTests {
    /// A directory on which draws go as `words` say.
    private func directory(
        _ process: SimulatedNode, words: [UInt64]? = nil, own: Address = "desk"
    ) -> Directory {
        let platform = process.platform
        let chance = words.map { ScriptedRandom($0) as any RandomSource } ?? platform.random
        return Directory(
            platform: Platform(
                clock: platform.clock, random: chance, tasks: platform.tasks,
                offload: platform.offload),
            registry: LocalRegistry(platform: platform), ownAddress: own)
    }

    /// Picks and releases at once, so often; says how often each came.
    private func tally(
        _ directory: Directory, avoiding failed: InstanceID? = nil, count: Int = 400
    ) -> [String: Int] {
        var counts: [String: Int] = [:]
        for _ in 0..<count {
            guard let picked = directory.pick(Greet.service, avoiding: failed) else { continue }
            counts[picked.id.text, default: 0] += 1
            directory.release(picked.id, reached: true)
        }
        return counts
    }

    @Test func `a directory that knows nobody picks nobody`() throws {
        try onOneNode { process in
            let directory = directory(process)
            #expect(directory.pick(Greet.service, avoiding: nil) == nil)
            directory.apply(.greeters(["a"]))
            #expect(directory.pick("baker", avoiding: nil) == nil)
            #expect(directory.pick(Greet.service, avoiding: nil)?.id == "a")
        }
    }

    @Test func `of two drawn instances the less loaded is picked`() throws {
        try onOneNode { process in
            let directory = directory(process, words: [0, 0, 0, .max, .max, 0])
            directory.apply(.greeters(["a", "b"]))
            #expect(directory.pick(Greet.service, avoiding: nil)?.id == "a")
            #expect(directory.pick(Greet.service, avoiding: nil)?.id == "b")
            directory.release("a", reached: true)
            #expect(directory.pick(Greet.service, avoiding: nil)?.id == "a")
        }
    }

    @Test(arguments: 0..<5 as Range<UInt64>)
    func `a busy instance is picked less often and an idle pair evenly`(seed: UInt64) throws {
        try onOneNode(seed: seed) { process in
            let directory = directory(process)
            directory.apply(.greeters(["a", "b"]))
            let even = tally(directory)
            #expect(even["a", default: 0] > 140 && even["b", default: 0] > 140, "\(even)")
            while directory.pick(Greet.service, avoiding: "b")?.id != "a" {}
            let uneven = tally(directory)
            #expect(uneven["b", default: 0] > 2 * uneven["a", default: 0], "\(uneven)")
        }
    }

    @Test func `the instance on the own node comes first`() throws {
        try onOneNode { process in
            let directory = directory(process, own: "b")
            directory.apply(.greeters(["a", "b", "c"]))
            #expect(tally(directory) == ["b": 400])
            #expect(tally(directory, avoiding: "b")["b"] == nil)
        }
    }

    @Test func `the instance that failed this call is not asked again while there are others`()
        throws
    {
        try onOneNode { process in
            let directory = directory(process)
            directory.apply(.greeters(["a", "b"]))
            #expect(tally(directory, avoiding: "a") == ["b": 400])
            directory.apply(.greeters(["a"]))
            #expect(tally(directory, avoiding: "a") == ["a": 400])
        }
    }

    @Test func `an instance that was not reached is avoided for two seconds`() throws {
        try onOneNode { process in
            let directory = directory(process)
            directory.apply(.greeters(["a", "b"]))
            directory.release(
                try #require(directory.pick(Greet.service, avoiding: "b")).id, reached: false)
            #expect(tally(directory) == ["b": 400])
            directory.apply(.greeters(["a", "b"], index: 2))
            #expect(tally(directory) == ["b": 400], "a new answer does not pardon")
            await process.platform.rest(.milliseconds(1999))
            #expect(tally(directory) == ["b": 400])
            await process.platform.rest(.milliseconds(1))
            #expect(tally(directory)["a", default: 0] > 100)
        }
    }

    @Test func `when none was reached all are tried`() throws {
        try onOneNode { process in
            let directory = directory(process)
            directory.apply(.greeters(["a", "b"]))
            for (id, other) in [("a", "b"), ("b", "a")] as [(InstanceID, InstanceID)] {
                #expect(directory.pick(Greet.service, avoiding: other)?.id == id)
                directory.release(id, reached: false)
            }
            let counts = tally(directory)
            #expect(counts["a", default: 0] > 100 && counts["b", default: 0] > 100, "\(counts)")
        }
    }

    @Test func `calls in flight are counted across an absence from the registry`() throws {
        try onOneNode { process in
            let directory = directory(process, words: [0, .max, 0, .max, 0, .max])
            directory.apply(.greeters(["a"]))
            #expect(directory.pick(Greet.service, avoiding: nil)?.id == "a")
            directory.apply(.greeters([], index: 2))
            #expect(directory.pick(Greet.service, avoiding: nil) == nil)
            directory.apply(.greeters(["a", "b"], index: 3))
            #expect(directory.pick(Greet.service, avoiding: nil)?.id == "b", "a is still busy")
            directory.release("b", reached: true)
            directory.release("a", reached: true)
            #expect(directory.pick(Greet.service, avoiding: nil)?.id == "a")
            #expect(directory.pick(Greet.service, avoiding: nil)?.id == "b", "a is busy again")
        }
    }

    @Test func `an index that went back is believed`() throws {
        try onOneNode { process in
            let directory = directory(process)
            directory.apply(.greeters(["a"], index: 900))
            directory.apply(.greeters(["b"], index: 2))
            #expect(tally(directory) == ["b": 400])
        }
    }
}
