import Testing

@testable import Cluster

/// The wire form, byte by byte: a release must understand what the last one sent.
struct GoldenFrameTests {
    private static let envelope = "0500000000"
    private static let done = "0500000000"
    private static let refused = "0500000000"
    private static let failed = "0500000000"

    private let sample = Envelope(
        service: "greeter", message: "greet", instance: "inst-1", requestID: "req_1",
        traceID: "trace", remaining: 1500,
        principal: Principal(.account("ada"), claims: ["email": ["a@b.org"]]), body: [1, 2])

    @Test func `a call has the form that it always had`() {
        #expect(Frame.encode(sample).hex == Self.compact(Self.envelope))
    }

    @Test func `a call of the last release is understood`() {
        let read: Envelope = Frame.decode([UInt8](hex: Self.envelope))
        #expect(read.form == 1)
        #expect(read.service == "greeter")
        #expect(read.message == "greet")
        #expect(read.instance == "inst-1")
        #expect(read.requestID == "req_1")
        #expect(read.traceID == "trace")
        #expect(read.remaining == 1500)
        #expect(read.principal == sample.principal)
        #expect(read.body == [1, 2])
    }

    @Test(arguments: [
        (Answer(status: .done, body: [7]), done),
        (Answer(status: .refused, code: "tooLoud", parameters: ["limit": "3"]), refused),
        (Answer.failed(.timedOut), failed),
    ])
    func `an answer has the form that it always had`(answer: Answer, hex: String) {
        #expect(Frame.encode(answer).hex == Self.compact(hex))
        let read: Answer = Frame.decode([UInt8](hex: hex))
        #expect(read.status == answer.status)
        #expect(read.code == answer.code)
        #expect(read.parameters == answer.parameters)
        #expect(read.body == answer.body)
    }

    @Test func `fields of a newer release are passed over`() {
        struct Newer: Encodable {
            var A = ["nested": ["deep": [1, 2, 3]]]
            var f = 1 as Int32
            var s = "greeter"
            var m = "greet"
            var i = "inst-1"
            var r = "req_1"
            var t = "trace"
            var w = 1500 as Int64
            var p = Person()
            var b: [UInt8] = [1, 2]
            var zone = "Mars"

            struct Person: Encodable {
                var actor = "account:ada"
                var subject = "account:ada"
                var claims = ["email": ["a@b.org"]]
                var mood: String? = "good"
            }
        }
        let read: Envelope = Frame.decode(Frame.encode(Newer()))
        #expect(Frame.encode(read) == Frame.encode(sample))
    }

    @Test func `an answer's fields of a newer release are passed over`() {
        struct Newer: Encodable {
            var f = 1 as Int32
            var load = 0.5
            var s = "done"
            var b: [UInt8] = [7]
        }
        let read: Answer = Frame.decode(Frame.encode(Newer()))
        #expect(Frame.encode(read).hex == Self.compact(Self.done))
    }

    private static func compact(_ hex: String) -> String {
        hex.filter { $0 != " " }.lowercased()
    }
}
