import Foundation
import LocalCluster
import StarchairWeb

extension LocalCluster.Settings {
    /// A cluster in a folder whose machines run this program.
    init(ofThisProgram folder: String, port: Int, replicas: Int) throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        // Where this program finds its libraries, if it needed to be told.
        let libraryPath = ProcessInfo.processInfo.environment.filter {
            $0.key == "LD_LIBRARY_PATH"
        }
        self.init(port: port)
        replicaCount = replicas
        web = WebResources.folder.plainPath
        documentation = WebResources.manual.plainPath
        follower = Program(
            program, ["cluster", "follow", "--data", folder], environment: libraryPath)
        instance = Program(program, ["serve"], environment: libraryPath)
    }
}

extension ServerPrograms {
    /// Those of the system, and where `./starchair` keeps the servers that it does not have.
    static var installed: ServerPrograms {
        let servers = ProcessInfo.processInfo.environment["STARCHAIR_SERVERS"]
        return ServerPrograms(folders: [servers].compactMap(\.self))
    }
}

extension URL {
    /// The absolute path, without a slash at the end.
    var plainPath: String {
        let path = standardizedFileURL.path(percentEncoded: false)
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
