import ClusterNetwork
import Foundation

/// The program `redis-benchmark`, which measures its own rate, to whole milliseconds.
struct RedisBenchmark: Sendable {
    /// The one key that its tests use.
    static let key = "key:__rand_int__"
    private static let program = "/usr/bin/redis-benchmark"
    /// Fewer end before its clock has moved.
    private static let countMinimum = 5000

    let place: RedisPlace
    private let thread = ThreadOffload(threadCount: 1, waitingCountMaximum: 1)

    init(_ place: RedisPlace) { self.place = place }

    /// Has it do the work; gives the nanoseconds that so many pieces take at its rate.
    func run(
        _ work: SessionWork, _ count: Int, connections: Int, pipelined: Int
    ) async throws -> Int {
        let arguments = [
            "-h", place.host, "-p", "\(place.port)", "-a", place.password, "-t", work.rawValue,
            "-n", "\(max(count, Self.countMinimum))", "-c", "\(connections)", "-P", "\(pipelined)",
            "-d", "\(SessionContents.valueByteCount)", "--csv",
        ]
        let text = try await thread.run("redis-benchmark") { try Self.output(of: arguments) }
        let rate = try Self.rate(text)
        return Int(Double(count) / rate * 1e9)
    }

    private static func output(of arguments: [String]) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw PeerFailure("\(program) failed") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The operations per second of a line such as `"GET","41666.67","0.021",…`.
    private static func rate(_ text: String) throws -> Double {
        let line = text.split(whereSeparator: \.isNewline).last ?? ""
        let cells = line.split(separator: ",").map { $0.filter { $0 != "\"" } }
        guard cells.count > 1, let rate = Double(cells[1]), rate > 0, rate.isFinite else {
            throw PeerFailure("\(program) said: \(text)")
        }
        return rate
    }
}
