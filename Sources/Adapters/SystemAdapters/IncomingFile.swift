import Platform
import Ports
import Synchronization

/// A file under `incoming`; its calls block.
///
/// A file that was published, abandoned or could not be synced has ended, and everything later is
/// unavailable. What ends without being published leaves nothing behind.
final class IncomingFile: Sendable {
    private enum State {
        case open(OpenFile, byteCount: Int64)
        case ended
    }

    private let name: String
    private let place: BlobFolders
    private let state: Mutex<State>

    init(_ name: String, _ file: OpenFile, in place: BlobFolders) {
        self.name = name
        self.place = place
        state = Mutex(.open(file, byteCount: 0))
    }

    deinit { discard() }

    /// Adds bytes at the end; those of a failed write are overwritten by the next one.
    func append(_ bytes: [UInt8]) throws {
        try state.withLock { state in
            guard case .open(let file, let byteCount) = state else {
                throw StoreError.unavailable
            }
            try file.write(bytes, at: byteCount)
            state = .open(file, byteCount: byteCount + Int64(bytes.count))
        }
    }

    /// Makes the bytes survive a crash.
    func sync() throws {
        try state.withLock { state in try sync(&state) }
    }

    /// Gives the file its name and the moment of its publication, durably.
    func publish(_ id: BlobID, at moment: Instant) throws {
        try state.withLock { state in
            guard case .open(let file, _) = state else { throw StoreError.unavailable }
            try file.setModified(moment)
            try sync(&state)
            do {
                try place.publish(name, as: id)
                state = .ended
            } catch StoreError.outcomeUnknown {
                state = .ended
                throw StoreError.outcomeUnknown
            }
        }
    }

    /// A failed sync ends the file: the kernel may have dropped what it could not write, and a
    /// second sync would not know.
    private func sync(_ state: inout State) throws {
        guard case .open(let file, _) = state else { throw StoreError.unavailable }
        do {
            try file.sync()
        } catch {
            state = .ended
            try place.incoming.remove(name)
            throw error
        }
    }

    /// Removes the file; one that cannot be removed goes when the store is next opened.
    func discard() {
        state.withLock { state in
            guard case .open = state else { return }
            state = .ended
            _ = try? place.incoming.remove(name)
        }
    }
}
