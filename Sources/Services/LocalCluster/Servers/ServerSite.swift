import Foundation

/// Where a server is to run.
struct ServerSite: Sendable {
    /// Its own folder, which exists: configuration, data.
    let folder: String
    let address: String
    /// As many as its usual ones, in the same order.
    let ports: [Int]
    let secrets: ClusterSecrets
}

/// How a server is run.
struct ServerPlan: Sendable {
    let program: Program
    /// Files of its folder that are written before each start.
    var files: [String: String] = [:]
    /// Files that are written when they are not there.
    var firstFiles: [String: String] = [:]
    /// What its folder holds besides configuration, and loses when its data are not kept.
    var data: [String] = []
    /// Asks the server, blocking the thread; it throws when the server is not there.
    let isReady: @Sendable () throws -> Bool

    /// Writes what the server reads when it starts.
    func prepare(_ folder: String) throws {
        for name in data { try PrivateFile.makeFolder("\(folder)/\(name)") }
        let missing = firstFiles.filter {
            !FileManager.default.fileExists(atPath: "\(folder)/\($0.key)")
        }
        let written = files.merging(missing) { $1 }
        for (name, text) in written.sorted(by: { $0.key < $1.key }) {
            try PrivateFile.write(text, to: "\(folder)/\(name)")
        }
    }
}
