import Foundation
import Trials

/// A journal in a file, one JSON object in a line; it holds sessions, so only its owner reads it.
actor FileJournal: SmokeJournal {
    private let handle: FileHandle
    private let path: String

    init(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                "the journal \(path) cannot be written: name another with --journal, or the "
                    + "installation's folder with --data")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        self.path = path
    }

    func append(_ entry: SmokeEntry) async throws {
        try handle.write(contentsOf: try JSONEncoder().encode(entry) + Data("\n".utf8))
        try handle.synchronize()
    }

    func entries() async throws -> [SmokeEntry] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").map {
            try JSONDecoder().decode(SmokeEntry.self, from: Data($0.utf8))
        }
    }
}
