import BSON
import Testing

@testable import Cluster

/// The wire form, byte by byte: a release must understand what the last one sent.
struct GoldenFrameTests {
    private static let envelope = """
        9b000000
        10 6600 01000000
        02 7300 08000000 6772656574657200
        02 6d00 06000000 677265657400
        02 6900 07000000 696e73742d3100
        02 7200 06000000 7265715f3100
        02 7400 06000000 747261636500
        12 7700 dc05000000000000
        02 7000 0c000000 6163636f756e743a61646100
        03 6300 20000000
          04 656d61696c00 14000000 02 3000 08000000 6140622e6f726700 00
        00
        05 6200 02000000 00 0102
        00
        """
    private static let done = """
        21000000
        10 6600 01000000
        02 7300 05000000 646f6e6500
        05 6200 01000000 00 07
        00
        """
    private static let refused = """
        3f000000
        10 6600 01000000
        02 7300 08000000 7265667573656400
        02 6300 08000000 746f6f4c6f756400
        03 7000 12000000 02 6c696d697400 02000000 3300 00
        00
        """
    private static let failed = """
        2a000000
        10 6600 01000000
        02 7300 07000000 6661696c656400
        02 6300 09000000 74696d65644f757400
        00
        """

    private let sample = Envelope(
        service: "greeter", message: "greet", instance: "inst-1", requestID: "req_1",
        traceID: "trace", remaining: 1500,
        principal: Principal(.account("ada"), claims: ["email": ["a@b.org"]]), body: [1, 2])

    @Test func `a call has the form that it always had`() {
        #expect(Frame.encode(sample).hex == Self.compact(Self.envelope))
    }

    @Test func `a call of the last release is understood`() throws {
        let read = try BSONDecoder().decode(Envelope.self, from: [UInt8](hex: Self.envelope))
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

    @Test func `who acts for another is named beside the other`() throws {
        let hex = """
            78000000
            10 6600 01000000
            02 7300 08000000 6772656574657200
            02 6d00 06000000 677265657400
            02 6900 02000000 6900
            02 7200 02000000 7200
            02 7400 02000000 7400
            12 7700 0100000000000000
            02 7000 0a000000 6163636f756e743a3100
            02 6100 0a000000 6163636f756e743a3200
            05 6200 00000000 00
            00
            """
        let principal = Principal(actor: .account("2"), subject: .account("1"), claims: [:])
        let envelope = Envelope(
            service: "greeter", message: "greet", instance: "i", requestID: "r", traceID: "t",
            remaining: 1, principal: principal, body: [])
        #expect(Frame.encode(envelope).hex == Self.compact(hex))
        let read = try BSONDecoder().decode(Envelope.self, from: [UInt8](hex: hex))
        #expect(read.principal == principal)
    }

    @Test(arguments: [
        (Answer(status: .done, body: [7]), done),
        (Answer(status: .refused, code: "tooLoud", parameters: ["limit": "3"]), refused),
        (Answer.failed(.timedOut), failed),
    ])
    func `an answer has the form that it always had`(answer: Answer, hex: String) throws {
        #expect(Frame.encode(answer).hex == Self.compact(hex))
        let read = try BSONDecoder().decode(Answer.self, from: [UInt8](hex: hex))
        #expect(read.status == answer.status)
        #expect(read.code == answer.code)
        #expect(read.parameters == answer.parameters)
        #expect(read.body == answer.body)
    }

    @Test func `fields of a newer release are passed over`() throws {
        struct Newer: Encodable {
            var A = ["nested": ["deep": [1, 2, 3]]]
            var f = 1 as Int32
            var s = "greeter"
            var m = "greet"
            var i = "inst-1"
            var r = "req_1"
            var t = "trace"
            var w = 1500 as Int64
            var p = "account:ada"
            var c = ["email": ["a@b.org"]]
            var b: [UInt8] = [1, 2]
            var zone = "Mars"
        }
        let read = try BSONDecoder().decode(Envelope.self, from: Frame.encode(Newer()))
        #expect(Frame.encode(read) == Frame.encode(sample))
    }

    @Test func `an answer's fields of a newer release are passed over`() throws {
        struct Newer: Encodable {
            var f = 1 as Int32
            var load = 0.5
            var s = "done"
            var b: [UInt8] = [7]
        }
        let read = try BSONDecoder().decode(Answer.self, from: Frame.encode(Newer()))
        #expect(Frame.encode(read).hex == Self.compact(Self.done))
    }

    private static func compact(_ hex: String) -> String {
        hex.filter { !$0.isWhitespace }
    }
}
