import BSON
import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// What a node answers to frames, whoever made them.
struct FrameTests {
    /// A serving node of one process and a valid frame for its greeter.
    private struct Subject {
        let node: Node
        let transport: LocalTransport
        let envelope: Envelope

        init(_ process: SimulatedNode) async throws {
            let platform = process.platform
            transport = LocalTransport(platform: platform)
            let registry = LocalRegistry(platform: platform)
            node = Node(
                .init(address: "here"), platform: platform, transport: transport,
                registry: registry)
            node.host(greeter())
            try await node.start()
            let instance = try await registry.instances(changedSince: nil, wait: .zero)
                .instances[0]
            envelope = Envelope(
                service: Greet.service, message: Greet.name, instance: instance.id,
                requestID: "request-1", traceID: "trace", remaining: 1000,
                principal: Principal(.account("ada"), claims: ["email": ["ada@example.org"]]),
                body: Frame.encode(Greet(name: "Zoë")))
        }

        /// The answer to a frame that arrives over the transport.
        func answer(_ frame: [UInt8]) async throws -> Answer {
            Frame.decode(try await transport.call("here", frame, timeout: .seconds(1)))
        }

        func answer(_ change: (inout Envelope) -> Void) async throws -> Answer {
            var envelope = envelope
            change(&envelope)
            return try await answer(Frame.encode(envelope))
        }
    }

    private func answer(_ change: @escaping @Sendable (inout Envelope) -> Void) throws -> Answer {
        try onOneNode { try await Subject($0).answer(change) }
    }

    @Test func `a well formed frame is answered`() throws {
        let answer = try answer { _ in }
        #expect(answer.status == .done)
        #expect(answer.body == Frame.encode(Greet.Greeting(text: "Hello, Zoë")))
    }

    @Test func `every truncated frame is malformed`() throws {
        try onOneNode { process in
            let subject = try await Subject(process)
            let frame = Frame.encode(subject.envelope)
            for count in 0..<frame.count {
                let answer = try await subject.answer(Array(frame[..<count]))
                #expect(answer.code == "malformed", "\(count) bytes of \(frame.count)")
            }
        }
    }

    @Test(arguments: [
        [0], [5, 0, 0, 0, 0], [255, 255, 255, 255], Array(repeating: 0, count: 300),
    ])
    func `bytes that are no envelope are malformed`(frame: [UInt8]) throws {
        #expect(try onOneNode { try await Subject($0).answer(frame).code } == "malformed")
    }

    @Test func `a frame with bytes behind its end is malformed`() throws {
        let code = try onOneNode { process in
            let subject = try await Subject(process)
            return try await subject.answer(Frame.encode(subject.envelope) + [0]).code
        }
        #expect(code == "malformed")
    }

    @Test func `a frame may be as long as the limit and not one byte longer`() throws {
        let codes = try onOneNode { process in
            let subject = try await Subject(process)
            var envelope = subject.envelope
            let room = FrameLimits.frameByteCountMaximum - Frame.encode(envelope).count
            envelope.traceID += String(repeating: "t", count: room)
            let longest = Frame.encode(envelope)
            envelope.traceID += "t"
            let tooLong = Frame.encode(envelope)
            #expect(longest.count == FrameLimits.frameByteCountMaximum)
            return [try await subject.answer(longest).code, try await subject.answer(tooLong).code]
        }
        #expect(codes == [nil, "malformed"])
    }

    @Test func `no single damaged byte does more than fail or change a text`() throws {
        try onOneNode { process in
            let subject = try await Subject(process)
            let frame = Frame.encode(subject.envelope)
            var codes: [String: Int] = [:]
            for position in frame.indices {
                for change in [0x01, 0x80, 0xFF, frame[position] ^ 0xFF, frame[position]] {
                    var damaged = frame
                    damaged[position] ^= UInt8(change)
                    let answer: Answer = Frame.decode(await subject.node.receive(damaged))
                    codes[answer.code ?? answer.status.rawValue, default: 0] += 1
                }
            }
            let expected: Set = [
                "malformed", "wrongInstance", "unknownMessage", "timedOut", "done",
            ]
            #expect(Set(codes.keys).subtracting(expected) == [], "\(codes)")
            #expect(codes["malformed", default: 0] > frame.count, "\(codes)")
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `no heap of damage stops a node`(seed: UInt64) throws {
        let end = try onOneNode(seed: seed) { process in
            let subject = try await Subject(process)
            let (frame, random) = (Frame.encode(subject.envelope), process.platform.random)
            for _ in 0..<200 {
                var damaged = frame
                for _ in 0...random.below(8, for: "damage") {
                    let place = random.below(damaged.count, for: "damage")
                    let end = min(damaged.count, place + random.below(9, for: "damage"))
                    damaged.replaceSubrange(
                        place..<end, with: random.bytes(end - place, for: "damage"))
                }
                let _: Answer = Frame.decode(await subject.node.receive(damaged))
            }
            return await subject.node.client.greet()
        }
        #expect(end == .done("Hello, Ada"))
    }

    @Test(arguments: [0, 2, -1, .max, .min] as [Int32])
    func `a frame of another form is refused`(form: Int32) throws {
        #expect(try answer { $0.form = form }.code == "malformed")
    }

    @Test func `a body that is not the message is malformed`() throws {
        #expect(try answer { $0.body = [] }.code == "malformed")
        #expect(try answer { $0.body = Frame.encode(["name": 7]) }.code == "malformed")
    }

    @Test func `a message without a handler is unknown`() throws {
        #expect(try answer { $0.message = Wave.name }.code == "unknownMessage")
        #expect(try answer { $0.message = "" }.code == "unknownMessage")
    }

    @Test func `a frame for another instance or service is turned away`() throws {
        #expect(try answer { $0.instance = "an-instance-of-yesterday" }.code == "wrongInstance")
        #expect(try answer { $0.service = "baker" }.code == "wrongInstance")
    }

    @Test(arguments: [(0, "timedOut"), (-1, "timedOut"), (.min, "timedOut"), (1, nil), (.max, nil)])
    func `a call without time left is not begun`(remaining: Int64, code: String?) throws {
        #expect(try answer { $0.remaining = remaining }.code == code)
    }
}
