import Synchronization
import Testing

@testable import Trials

@Suite struct WriteMeterTests {
    private final class Hand: Sendable {
        let now = Mutex(Duration.zero)
        func set(_ value: Duration) { now.withLock { $0 = value } }
    }

    /// Answers with what it is told to.
    private struct FixedPort: HTTPPort {
        let status: Int?

        func exchange(_ request: HTTPCall) async throws(NoAnswer) -> HTTPAnswer {
            guard let status else { throw NoAnswer() }
            return HTTPAnswer(status: status, headers: [], body: [])
        }
    }

    private let hand = Hand()
    private var meter: WriteMeter {
        WriteMeter { [hand] in hand.now.withLock { $0 } }
    }

    private func send(_ status: Int?, key: Bool, _ meter: WriteMeter) async {
        let headers = key ? [["Idempotency-Key", "k"]] : []
        let call = HTTPCall(method: "POST", path: "/", headers: headers)
        do {
            _ = try await MeteredPort(FixedPort(status: status), meter).exchange(call)
        } catch {
            #expect(status == nil)
        }
    }

    @Test(arguments: [(199, 0), (200, 1), (299, 1), (300, 0), (409, 0), (499, 0), (500, 0)])
    func `a write is acknowledged by success alone`(_ status: Int, _ count: Int) async {
        let meter = meter
        await send(status, key: true, meter)
        #expect(meter.counts.acknowledgedCount == count)
        #expect(meter.counts.deferredCount == (status >= 500 ? 1 : 0))
    }

    @Test func `what has no intention's name is no write`() async {
        let meter = meter
        await send(200, key: false, meter)
        #expect(meter.counts.requestCount == 1)
        #expect(meter.counts.acknowledgedCount == 0)
        #expect(meter.counts.inFlightMaximum == 0)
    }

    @Test func `a write without an answer is under way no longer, and not acknowledged`() async {
        let meter = meter
        await send(nil, key: true, meter)
        #expect(meter.counts.inFlightCount == 0)
        #expect(meter.counts.inFlightMaximum == 1)
        #expect(meter.counts.silentCount == 1)
        #expect(meter.counts.acknowledgedCount == 0)
    }

    @Test func `the second before a kill begins after that second ago`() async {
        let meter = meter
        await send(200, key: true, meter)
        hand.set(.milliseconds(999))
        await send(200, key: true, meter)
        #expect(meter.load.acknowledgedCount == 2)
        hand.set(.milliseconds(1000))
        #expect(meter.load.acknowledgedCount == 1)
        hand.set(.milliseconds(1999))
        #expect(meter.load.acknowledgedCount == 0)
    }

    @Test(arguments: [(15, true), (16, false)])
    func `a kill with fewer than 16 writes under way is not under load`(
        _ count: Int, _ isIdle: Bool
    ) {
        let meter = meter
        for _ in 0..<count { meter.begin(isWrite: true) }
        var tally = ChaosTally()
        tally.add(ChaosFault(.kill, "redis"), meter.load)
        tally.add(ChaosFault(.pause, "redis"), meter.load)
        #expect(tally.idleKillCount == (isIdle ? 1 : 0))
        #expect(tally.kills.count == 1)
        #expect(tally.count(of: .pause) == 1)
    }
}
