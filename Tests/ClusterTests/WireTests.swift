import Platform
import Testing

@testable import Cluster

/// The wire's form without a socket: what a peer may do costs its connection and nothing else.
@Suite struct WireTests {
    private func feed<Event>(
        _ bytes: [UInt8], cutAt cuts: [Int], to receive: (UnsafeRawBufferPointer) throws -> [Event]
    ) throws -> [Event] {
        let ends = (cuts + [bytes.count]).sorted()
        var (events, start) = ([Event](), 0)
        for end in ends {
            events += try bytes[start..<end].withUnsafeBytes { try receive($0) }
            start = end
        }
        return events
    }

    private func exchange() -> (toCallee: [UInt8], frames: [[UInt8]]) {
        var caller = WireCaller(now: .zero)
        let frames: [[UInt8]] = [[], [1], Array(repeating: 2, count: 300), [3, 3]]
        for frame in frames { _ = caller.begin(frame) }
        _ = caller.cancel(2)
        return (caller.takeOutput(), frames)
    }

    @Test func `frames are the same however the stream is cut`() throws {
        let (bytes, frames) = exchange()
        var random = SplitMix(seed: 1)
        for round in 0..<300 {
            var callee = WireCallee(now: .zero)
            let cuts =
                round < bytes.count
                ? [round]
                : (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                    Int.random(in: 0...bytes.count, using: &random)
                }
            let events = try feed(bytes, cutAt: cuts) { try callee.receive($0, now: .zero) }
            var (requests, cancelled) = ([[UInt8]](), [UInt32]())
            for event in events {
                switch event {
                case .requested(_, let frame): requests.append(frame)
                case .cancelled(let call): cancelled.append(call)
                }
            }
            #expect(requests == frames)
            #expect(cancelled == [2])
        }
    }

    @Test func `answers come to the calls that wait for them, and to no others`() throws {
        var (caller, callee) = (WireCaller(now: .zero), WireCallee(now: .zero))
        for number in 1...3 as ClosedRange<UInt8> { _ = caller.begin([number]) }
        _ = try feed(caller.takeOutput(), cutAt: []) { try callee.receive($0, now: .zero) }
        _ = caller.cancel(1)
        for call in [3, 1, 2, 2, 9] as [UInt32] { callee.answer(call, [UInt8(call)]) }
        let events = try feed(callee.takeOutput(), cutAt: [7]) {
            try caller.receive($0, now: .zero)
        }
        let answers = events.compactMap { event -> [UInt8]? in
            if case .answered(let call, let frame) = event { [UInt8(call)] + frame } else { nil }
        }
        #expect(answers == [[3, 3], [2, 2]])
        #expect(caller.isIdle)
    }

    @Test func `calls that cross the word of leaving are declined, those before are answered`()
        throws
    {
        var (caller, callee) = (WireCaller(now: .zero), WireCallee(now: .zero))
        _ = caller.begin([1])
        _ = try feed(caller.takeOutput(), cutAt: []) { try callee.receive($0, now: .zero) }
        callee.leave()
        _ = caller.begin([2])
        _ = caller.begin([3])
        let late = try feed(caller.takeOutput(), cutAt: []) { try callee.receive($0, now: .zero) }
        #expect(late.isEmpty)
        let events = try feed(callee.takeOutput(), cutAt: []) { try caller.receive($0, now: .zero) }
        guard case .declined(let calls)? = events.first, events.count == 1 else {
            Issue.record("\(events)")
            return
        }
        #expect(calls == [2, 3])
        let next = caller.begin([4])
        #expect(next == nil)
        #expect(!callee.isDone)
        callee.answer(1, [])
        _ = callee.takeOutput()
        #expect(callee.isDone)
    }

    struct Breach: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let violation: WireViolation
        var testDescription: String { "\(violation): \(bytes)" }

        init(_ violation: WireViolation, _ bytes: [UInt8]) {
            self.bytes = bytes
            self.violation = violation
        }

        /// What follows a good beginning.
        init(_ violation: WireViolation, head: UInt8...) {
            self.init(violation, WireFrame.preface + head)
        }
    }

    static let breaches: [Breach] = [
        Breach(.notThePreface, Array("GET / HTTP/1.1\r\n".utf8)),
        Breach(.notThePreface, Array("STAS".utf8) + [1]),
        Breach(.otherForm, Array("STAR".utf8) + [2]),
        Breach(.unknownKind, head: 0, 0, 0, 0, 0, 1, 0, 0, 0),
        Breach(.unknownKind, head: 0, 0, 0, 0, 7, 1, 0, 0, 0),
        Breach(.tooLarge, head: 1, 0, 64, 0, 1, 1, 0, 0, 0),
        Breach(.tooLarge, head: 255, 255, 255, 255, 1, 1, 0, 0, 0),
        Breach(.tooLarge, head: 1, 0, 0, 0, 4, 1, 0, 0, 0),
        Breach(.outOfTurn, head: 0, 0, 0, 0, 2, 1, 0, 0, 0),
        Breach(.outOfTurn, head: 0, 0, 0, 0, 6, 1, 0, 0, 0),
        Breach(.outOfTurn, head: 0, 0, 0, 0, 1, 0, 0, 0, 0),
    ]

    @Test(arguments: breaches)
    func `a peer that breaks the form is named`(_ breach: Breach) {
        for cut in 0...breach.bytes.count {
            var callee = WireCallee(now: .zero)
            #expect(throws: breach.violation) {
                _ = try feed(breach.bytes, cutAt: [cut]) { try callee.receive($0, now: .zero) }
            }
        }
    }

    @Test func `a call's number is used once`() throws {
        var callee = WireCallee(now: .zero)
        let request: [UInt8] = [0, 0, 0, 0, 1, 5, 0, 0, 0]
        #expect(throws: WireViolation.outOfTurn) {
            _ = try feed(WireFrame.preface + request + request, cutAt: []) {
                try callee.receive($0, now: .zero)
            }
        }
    }

    /// Whatever is changed in what a peer sends, both sides either understand it or give it up,
    /// and neither holds more than a frame.
    @Test func `frames that were changed at random trap nothing`() {
        let (bytes, _) = exchange()
        var random = SplitMix(seed: 2)
        var (understood, givenUp) = (0, 0)
        for _ in 0..<250_000 {
            var mutated = bytes
            for _ in 0...Int.random(in: 0..<3, using: &random) where mutated.count > 1 {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: mutated[place] = UInt8.random(in: 0...255, using: &random)
                case 1: mutated.remove(at: place)
                case 2: mutated.insert(UInt8.random(in: 0...9, using: &random), at: place)
                default: mutated.removeLast(min(place, mutated.count - 1))
                }
            }
            var (callee, caller) = (WireCallee(now: .zero), WireCaller(now: .zero))
            do {
                _ = try mutated.withUnsafeBytes { try callee.receive($0, now: .zero) }
                understood += 1
            } catch {
                #expect(error is WireViolation)
                givenUp += 1
            }
            do {
                _ = try mutated.withUnsafeBytes { try caller.receive($0, now: .zero) }
            } catch {
                #expect(error is WireViolation)
            }
        }
        // Each stream holds five frames.
        #expect(understood > 10_000)
        #expect(givenUp > 10_000)
    }

    @Test func `a quiet peer is asked, a dead one is given up, a silent caller too`() throws {
        var (caller, callee) = (WireCaller(now: .zero), WireCallee(now: .zero))
        _ = try feed(caller.takeOutput(), cutAt: []) { try callee.receive($0, now: .zero) }
        _ = try feed(callee.takeOutput(), cutAt: []) { try caller.receive($0, now: .zero) }
        #expect(tick(&caller, now: .seconds(4)))
        #expect(!caller.hasOutput)
        #expect(tick(&caller, now: .seconds(5)))
        let ping = caller.takeOutput()
        #expect(ping.count == WireFrame.headByteCount)
        _ = try feed(ping, cutAt: []) { try callee.receive($0, now: .seconds(6)) }
        #expect(tick(&caller, now: .milliseconds(9999)))
        var deaf = caller
        #expect(!tick(&deaf, now: .seconds(10)))
        _ = try feed(callee.takeOutput(), cutAt: []) { try caller.receive($0, now: .seconds(7)) }
        #expect(tick(&caller, now: .seconds(10)))
        #expect(callee.isAlive(now: .seconds(35)))
        #expect(!callee.isAlive(now: .seconds(36)))
    }

    private func tick(_ caller: inout WireCaller, now: Duration) -> Bool { caller.tick(now: now) }

    @Test func `what waits is bounded on both sides`() throws {
        var (caller, callee) = (WireCaller(now: .zero), WireCallee(now: .zero))
        var begun = 0
        while caller.begin([]) != nil { begun += 1 }
        #expect(begun == WireCaller.callCountMaximum)
        var large = WireCaller(now: .zero)
        let frame = [UInt8](repeating: 0, count: 1 << 20)
        while large.begin(frame) != nil {}
        let output = large.takeOutput()
        #expect(output.count < 10 << 20)
        _ = try feed(caller.takeOutput(), cutAt: []) { try callee.receive($0, now: .zero) }
        #expect(!callee.isHungry)
        for call in 1...UInt32(begun) { callee.answer(call, []) }
        #expect(callee.isHungry)
    }

    @Test func `a promise that was ended takes no value, one that was kept cannot be ended`()
        async
    {
        let (ended, kept) = (Promise<Int>(), Promise<Int>())
        ended.end()
        ended.give(1)
        kept.give(2)
        kept.end()
        kept.give(3)
        #expect(await ended.value() == nil)
        #expect(await kept.value() == 2)
    }
}

/// A generator of its own, so that a failure comes again.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
