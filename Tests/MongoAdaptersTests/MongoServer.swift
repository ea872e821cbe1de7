import CMongo
import Foundation
import Glibc
import LocalCluster
import Testing

@testable import MongoAdapters

/// A real `mongod` on loopback: a replica set of one, in a folder of its own.
///
/// It runs under a shell that reads from this process, so that it ends with it, however that ends.
final class MongoServer: @unchecked Sendable {
    enum Failure: Error {
        case notInstalled
        case notReady(String)
    }

    /// One server for all tests that do it no harm.
    static let shared = Result { try MongoServer() }

    let port: UInt16
    private let program: String
    private let folder: String
    private let shell = Shell()

    /// The connection string.
    var uri: String { "mongodb://127.0.0.1:\(port)/?replicaSet=rs0" }

    init() throws {
        program = try Self.program()
        port = UInt16(try SocketAddress.freePorts(1)[0])
        folder = NSTemporaryDirectory() + "mongo-\(port)-\(getpid())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try launch()
        try until("the server answers") { try admin { $0.add("ping", 1) } }
        try admin { fields in
            fields.add("replSetInitiate") { fields in
                fields.add("_id", "rs0")
                let member = FieldWriter.document {
                    $0.add("_id", 0)
                    $0.add("host", "127.0.0.1:\(port)")
                }
                fields.add("members", documents: [member])
                fields.add("settings") { $0.add("electionTimeoutMillis", 2000) }
            }
        }
        try waitForPrimary()
    }

    deinit { shell.end() }

    /// Kills the server as a loss of power would, but for the disk.
    func kill() { shell.signal("KILL") }

    /// Has the server stop by itself.
    func stop() { shell.signal("TERM") }

    /// Starts the server again on what it left on disk, and returns at once.
    func launch() throws {
        try shell.run(
            folder,
            [
                program, "--dbpath", folder, "--port", "\(port)",
                "--bind_ip", "127.0.0.1", "--replSet", "rs0", "--nounixsocket",
                "--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "64",
                "--setParameter", "enableTestCommands=1",
                "--setParameter", "transactionLifetimeLimitSeconds=10",
                "--setParameter", "diagnosticDataCollectionEnabled=false",
            ])
    }

    /// Starts the server again and returns when it takes writes.
    func restart() throws {
        try launch()
        try waitForPrimary()
    }

    /// Has the primary give up its place, whatever it is doing; it has it back after a while.
    func stepDown() throws {
        try admin { fields in
            fields.add("replSetStepDown", 1)
            fields.add("force", true)
        }
    }

    /// Has the server fail the next commands of these names, as `failCommand` describes it.
    func fail(
        _ commands: [String], times: Int, _ how: (inout FieldWriter) -> Void
    ) throws {
        try admin { fields in
            fields.add("configureFailPoint", "failCommand")
            fields.add("mode") { $0.add("times", times) }
            fields.add("data") { fields in
                fields.add("failCommands", each: commands) { $0.add($1, $2) }
                how(&fields)
            }
        }
    }

    func waitForPrimary() throws {
        try until("the server is primary") {
            try admin { fields in
                fields.add("replSetTest", 1)
                fields.add("waitForMemberState", 1)
                fields.add("timeoutMillis", 10_000)
            }
            try admin { fields in
                fields.add("appendOplogNote", 1)
                fields.add("data") { $0.add("is", "primary") }
            }
        }
    }

    /// Runs a command by a connection of its own.
    private func admin(_ fill: (inout FieldWriter) -> Void) throws {
        let uri = "mongodb://127.0.0.1:\(port)/?directConnection=true&socketTimeoutMS=20000"
        mongoc_init()
        guard let client = mongoc_client_new(uri) else { throw Failure.notReady("no client") }
        defer { mongoc_client_destroy(client) }
        mongoc_client_set_error_api(client, 2)
        let reply = ReplyStorage()
        var error = bson_error_t()
        let isDone = FieldWriter.document(fill).withBSON {
            mongoc_client_command_simple(client, "admin", $0, nil, reply.pointer, &error)
        }
        guard isDone else { throw MongoFailure(error, reply: reply.pointer) }
    }

    private func until(_ what: String, _ body: () throws -> Void) throws {
        var last: any Error = Failure.notReady(what)
        for _ in 0..<300 {
            do { return try body() } catch { last = error }
            usleep(100_000)
        }
        throw Failure.notReady("\(what): \(last)")
    }

    /// Where `mongod` is: in the folder that STARCHAIR_SERVERS names, or on the path.
    private static func program() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let servers = environment["STARCHAIR_SERVERS"].map { [$0, $0 + "/bin"] } ?? []
        let found = (servers + folders).map { $0 + "/mongod" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else { throw Failure.notInstalled }
        return found
    }
}
