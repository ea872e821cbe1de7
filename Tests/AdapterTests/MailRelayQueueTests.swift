import ClusterNetwork
import Platform
import Testing

@testable import SystemAdapters

/// Whose turn it is, when, and what there is room for: without files and without a server.
@Suite struct MailRelayQueueTests {
    /// Chance that always draws the least or the most.
    private struct FixedChance: RandomSource {
        let bits: UInt64

        func next(_ purpose: RandomPurpose) -> UInt64 { bits }
    }

    private static let least = FixedChance(bits: 0)
    private static let most = FixedChance(bits: .max)
    private let start = Instant(millisecondsSince1970: 0)

    private func queue(
        _ change: (inout MailRelayConfiguration) -> Void = { _ in }
    ) throws -> RelayQueue {
        let sender = try #require(MailAddress("chair@example.org"))
        var configuration = MailRelayConfiguration(folder: "unused", sender: sender)
        change(&configuration)
        return RelayQueue(configuration)
    }

    private func fill(_ queue: inout RelayQueue, _ ids: [String]) {
        for id in ids {
            #expect(queue.admit(id, byteCount: 1, at: start) == .write)
            queue.written(id, isKept: true, at: .zero)
        }
    }

    @Test func `letters go in the order in which they came, so many at once`() throws {
        var queue = try queue { $0.carriageCountMaximum = 2 }
        fill(&queue, ["b", "a", "c"])
        #expect(queue.next(at: .zero) == .carry("b"))
        #expect(queue.next(at: .zero) == .carry("a"))
        #expect(queue.next(at: .zero) == .rest(RelayQueue.restMaximum))
        queue.settle("a", isRefused: false)
        #expect(queue.next(at: .zero) == .carry("c"))
        #expect(queue.letterCount == 2)
    }

    @Test func `a letter is not sent while somebody writes it`() throws {
        var queue = try queue()
        #expect(queue.admit("a", byteCount: 1, at: start) == .write)
        #expect(queue.admit("a", byteCount: 1, at: start) == .write)
        queue.written("a", isKept: true, at: .zero)
        #expect(queue.next(at: .zero) == .rest(RelayQueue.restMaximum))
        queue.written("a", isKept: false, at: .zero)
        #expect(queue.admit("a", byteCount: 1, at: start) == .known)
        #expect(queue.next(at: .zero) == .carry("a"))
        #expect(queue.admit("a", byteCount: 1, at: start) == .known)
    }

    @Test func `a letter that could not be written takes no room`() throws {
        var queue = try queue { $0.letterCountMaximum = 1 }
        #expect(queue.admit("a", byteCount: 1, at: start) == .write)
        #expect(queue.admit("b", byteCount: 1, at: start) == .full)
        queue.written("a", isKept: false, at: .zero)
        #expect(queue.letterCount == 0)
        fill(&queue, ["b"])
    }

    @Test(arguments: [(9, true), (10, true), (11, false)])
    func `bytes are counted to the last one`(byteCount: Int, hasRoom: Bool) throws {
        var queue = try queue { $0.byteCountMaximum = 20 }
        queue.refused = RelayQueue.Size(letterCount: 1, byteCount: 5)
        #expect(queue.admit("a", byteCount: 5, at: start) == .write)
        #expect(queue.admit("b", byteCount: byteCount, at: start) == (hasRoom ? .write : .full))
    }

    @Test func `a letter's pause doubles up to its bound, half of it by chance`() throws {
        for (chance, share) in [(Self.least, 2), (Self.most, 1)] {
            var queue = try queue { $0.letterRest = .seconds(8)...(.seconds(60)) }
            fill(&queue, ["a"])
            var uptime = Duration.zero
            for seconds in [8, 16, 32, 60, 60, 60] {
                #expect(queue.next(at: uptime) == .carry("a"))
                queue.postpone("a", at: uptime, chance)
                guard case .rest(let rest) = queue.next(at: uptime) else {
                    Issue.record("no rest")
                    return
                }
                let expected = Duration.seconds(seconds) / share
                #expect(rest <= expected && rest > expected - .milliseconds(1))
                uptime += expected
            }
        }
    }

    @Test func `while the server is away one letter at a time looks for it`() throws {
        var queue = try queue { $0.serverRest = .seconds(2)...(.seconds(5)) }
        fill(&queue, ["a", "b", "c"])
        for id in ["a", "b", "c"] { #expect(queue.next(at: .zero) == .carry(id)) }
        // All were under way when it went: that is one failure.
        for id in ["c", "a", "b"] { queue.rest(id, at: .zero, Self.least) }
        #expect(queue.isUnreachable)
        var uptime = Duration.zero
        // Each time it is another one: a letter at fault holds up no other.
        for (pause, id) in [(1000, "a"), (2000, "b"), (2500, "c"), (2500, "a")] {
            #expect(queue.next(at: uptime) == .rest(.milliseconds(pause)))
            uptime += .milliseconds(pause)
            #expect(queue.next(at: uptime) == .carry(id))
            #expect(queue.next(at: uptime) == .rest(RelayQueue.restMaximum))
            queue.rest(id, at: uptime, Self.least)
        }
        uptime += .milliseconds(2500)
        #expect(queue.next(at: uptime) == .carry("b"))
        queue.noteReachable()
        #expect(queue.next(at: uptime) == .carry("c"))
        #expect(queue.next(at: uptime) == .carry("a"))
    }

    @Test func `only what was tried in vain becomes too old`() throws {
        var queue = try queue { $0.ageMaximum = .seconds(10) }
        fill(&queue, ["a", "b"])
        let late = start + .seconds(11)
        #expect(queue.takeExpired(at: late) == [])
        #expect(queue.next(at: .zero) == .carry("a"))
        queue.postpone("a", at: .zero, Self.least)
        #expect(queue.takeExpired(at: start + .seconds(10)) == [])
        #expect(queue.takeExpired(at: late) == ["a"])
        queue.settle("a", isRefused: true)
        #expect(queue.refused == RelayQueue.Size(letterCount: 1, byteCount: 1))
        #expect(queue.next(at: .zero) == .carry("b"))
        queue.rest("b", at: .zero, Self.least)
        #expect(queue.takeExpired(at: late) == ["b"])
    }

    @Test func `after its end a queue takes nothing`() throws {
        var queue = try queue()
        fill(&queue, ["a"])
        queue.close()
        #expect(queue.admit("b", byteCount: 1, at: start) == .closed)
    }
}
