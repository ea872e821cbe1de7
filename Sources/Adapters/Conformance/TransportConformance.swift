import Cluster
import Platform

/// What every ``Transport`` promises while nothing goes wrong.
public enum TransportConformance {
    /// Two ends of a transport to be checked.
    public struct Subject: Sendable {
        /// The caller's end.
        public let caller: any Transport
        /// The callee's end; the same transport when all nodes share one.
        public let callee: any Transport
        /// Where the callee can listen; nobody does.
        public let address: Address
        /// Another such place.
        public let other: Address
        /// The platform that the ends were given.
        public let platform: Platform

        /// Describes two ends that were not used yet.
        public init(
            caller: any Transport, callee: any Transport, address: Address, other: Address,
            platform: Platform
        ) {
            self.caller = caller
            self.callee = callee
            self.address = address
            self.other = other
            self.platform = platform
        }
    }

    /// All checks, each for a fresh subject.
    public static let checks: [Check<Subject>] = answers + ends

    private static let answers: [Check<Subject>] = [
        Check("a frame comes to the handler, and its answer to the caller, byte for byte") {
            subject in
            try await subject.listen { $0.reversed() }
            let all = (0..<70_000).map { UInt8(truncatingIfNeeded: $0) }
            for count in [0, 1, 2, 255, 256, 65_535, 65_536, 70_000] {
                let frame = Array(all.prefix(count))
                let answer = try await subject.call(frame)
                try expect("the answer to \(count) bytes", answer == frame.reversed())
            }
        },
        Check("the longest frame there may be arrives whole") { subject in
            try await subject.listen { $0 }
            let longest = [UInt8](repeating: 7, count: FrameLimits.frameByteCountMaximum)
            try expect("the answer", try await subject.call(longest) == longest)
            try expect("the next answer", try await subject.call([1]), is: [1])
        },
        Check("each of many calls at once gets its own answer") { subject in
            try await subject.listen { frame in
                // Some take longer than those that come after them.
                for _ in 0..<(frame.first ?? 0) % 7 { await Task.yield() }
                return frame + [0xFF]
            }
            let answers = try await subject.platform.tasks.together(200) { number in
                let frame = [UInt8(number % 251), UInt8(number / 251)]
                return try await subject.call(frame) == frame + [0xFF]
            }
            try expect("wrong answers", answers.count { !$0 }, is: 0)
        },
        Check("a slow call holds up no other") { subject in
            let gate = WakeUp()
            try await subject.listen { frame in
                if frame == [1] {
                    await gate.wait(atMost: .seconds(20), on: subject.platform.clock)
                }
                return frame
            }
            let slow = subject.platform.tasks.start("slow call") {
                _ = await subject.outcome(of: [1], timeout: .seconds(20))
            }
            for _ in 0..<20 { try expect("the answer", try await subject.call([2]), is: [2]) }
            gate.signal()
            await slow.wait()
        },
        Check("two places are told apart") { subject in
            try await subject.listen { _ in [1] }
            try await subject.callee.listen(at: subject.other) { _ in [2] }
            try expect("the answer", try await subject.call([]), is: [1])
            let other = try await subject.caller.call(subject.other, [], timeout: .seconds(20))
            try expect("the other answer", other, is: [2])
        },
    ]

    private static let ends: [Check<Subject>] = [
        Check("where nobody listens nobody is reached") { subject in
            try expect("the outcome", await subject.outcome(of: [1]), is: .failure(.unreachable))
        },
        Check("a call whose time is up ends, and its handler is told") { subject in
            let outcome = Outcome()
            try await subject.listen { frame in
                guard frame == [1] else { return frame }
                await outcome.note("begun")
                do {
                    try await subject.platform.clock.sleep(for: .seconds(600))
                    await outcome.note("slept")
                } catch {
                    await outcome.note("told")
                }
                return frame
            }
            // On a busy machine time may be up before the handler has begun.
            for timeout in [Duration.milliseconds(300), .seconds(3), .seconds(30)] {
                guard await outcome.notes.isEmpty else { break }
                let result = await subject.outcome(of: [1], timeout: timeout)
                try expect("the outcome", result, is: .failure(.timedOut))
            }
            try await subject.wait("the handler's end") {
                await outcome.notes == ["begun", "told"]
            }
            try expect("the next answer", try await subject.call([2]), is: [2])
        },
        Check("a call that is cancelled ends, and its handler is told") { subject in
            let outcome = Outcome()
            try await subject.listen { frame in
                await outcome.note("begun")
                do { try await subject.platform.clock.sleep(for: .seconds(60)) } catch {
                    await outcome.note("told")
                }
                return frame
            }
            let call = subject.platform.tasks.start("call") {
                let result = await subject.outcome(of: [1], timeout: .seconds(50))
                await outcome.note(result == .failure(.cancelled) ? "cancelled" : "\(result)")
            }
            try await subject.wait("the handler's start") { await outcome.notes == ["begun"] }
            call.cancel()
            await call.wait()
            try await subject.wait("the handler's end") {
                await outcome.notes.sorted() == ["begun", "cancelled", "told"]
            }
        },
        Check("who stops listening finishes what has begun and takes nothing more") { subject in
            let (outcome, gate) = (Outcome(), WakeUp())
            try await subject.listen { frame in
                await outcome.note("begun")
                await gate.wait(atMost: .seconds(20), on: subject.platform.clock)
                return frame
            }
            let call = subject.platform.tasks.start("call") {
                let result = await subject.outcome(of: [1], timeout: .seconds(50))
                await outcome.note(result == .success([1]) ? "answered" : "\(result)")
            }
            try await subject.wait("the handler's start") { await outcome.notes == ["begun"] }
            await subject.callee.stopListening(at: subject.address)
            try await subject.wait("nobody there") {
                await subject.outcome(of: [2]) == .failure(.unreachable)
            }
            gate.signal()
            await call.wait()
            try expect("what happened", await outcome.notes, is: ["begun", "answered"])
            try await subject.listen { _ in [9] }
            try await subject.wait("a new beginning") {
                await subject.outcome(of: [3]) == .success([9])
            }
        },
    ]
}

extension TransportConformance.Subject {
    func listen(_ handler: @escaping FrameHandler) async throws(TransportError) {
        try await callee.listen(at: address, handler)
    }

    func call(_ frame: [UInt8]) async throws(TransportError) -> [UInt8] {
        try await caller.call(address, frame, timeout: .seconds(60))
    }

    func outcome(
        of frame: [UInt8], timeout: Duration = .seconds(60)
    ) async -> Result<[UInt8], TransportError> {
        do throws(TransportError) {
            return .success(try await caller.call(address, frame, timeout: timeout))
        } catch {
            return .failure(error)
        }
    }

    /// Waits until something is so.
    func wait(_ what: String, until condition: () async -> Bool) async throws {
        for _ in 0..<400 {
            if await condition() { return }
            try await platform.clock.sleep(for: .milliseconds(50))
        }
        throw ConformanceFailure(what, expected: "soon", found: "never")
    }
}
