import Platform
import Ports
import Synchronization

/// An upload's bytes on their way: what fills a chunk is stored, the rest waits here.
///
/// An upload that was published or abandoned has ended, and everything later is unavailable.
final class IncomingChunks: Sendable {
    private struct Tail {
        /// Full chunks that are stored.
        var chunkCount = 0
        /// Bytes behind them, fewer than a chunk has.
        var bytes: [UInt8] = []
        /// Whether these bytes are stored too, as a chunk that will be written again.
        var isStored = true

        var byteCount: Int64 {
            Int64(chunkCount) * Int64(GridForm.chunkByteCount) + Int64(bytes.count)
        }
    }

    private enum State {
        case open(Tail)
        case ended
    }

    private let upload: String
    private let state = Mutex(State.open(Tail()))

    init(_ upload: String) { self.upload = upload }

    /// Keeps bytes that do not fill a chunk; false when the server is needed for them.
    func keep(_ bytes: [UInt8]) throws(StoreError) -> Bool {
        try state.withLock { state throws(StoreError) in
            guard case .open(var tail) = state else { throw .unavailable }
            guard tail.bytes.count + bytes.count < GridForm.chunkByteCount else { return false }
            // The tail leaves the state first, so that it is not copied.
            state = .ended
            tail.bytes += bytes
            tail.isStored = tail.isStored && bytes.isEmpty
            state = .open(tail)
            return true
        }
    }

    /// Adds bytes at the end and stores what fills chunks; after a failure it may be repeated.
    func append(_ bytes: [UInt8], by files: GridFiles) throws {
        try state.withLock { state in
            guard case .open(var tail) = state else { throw StoreError.unavailable }
            tail.bytes += bytes
            tail.isStored = false
            var rest = tail.bytes[...]
            while rest.count >= GridForm.chunkByteCount {
                try files.put(
                    rest.prefix(GridForm.chunkByteCount), at: tail.chunkCount, of: upload)
                rest = rest.dropFirst(GridForm.chunkByteCount)
                tail.chunkCount += 1
            }
            tail.bytes = Array(rest)
            state = .open(tail)
        }
    }

    /// Stores the bytes that fill no chunk.
    func sync(by files: GridFiles) throws {
        try state.withLock { state in try sync(&state, by: files) }
    }

    /// Makes the upload a file.
    func publish(_ id: BlobID, at moment: Instant, by files: GridFiles) throws {
        try state.withLock { state in
            try sync(&state, by: files)
            guard case .open(let tail) = state else { throw StoreError.unavailable }
            let isPublished: Bool
            do {
                isPublished = try files.publish(
                    upload, as: id, byteCount: tail.byteCount, at: moment)
            } catch StoreError.outcomeUnknown {
                state = .ended
                throw StoreError.outcomeUnknown
            }
            guard isPublished else { throw StoreError.unavailable }
            state = .ended
        }
    }

    /// Ends the upload; false when it had ended.
    func end() -> Bool {
        state.withLock { state in
            guard case .open = state else { return false }
            state = .ended
            return true
        }
    }

    private func sync(_ state: inout State, by files: GridFiles) throws {
        guard case .open(var tail) = state else { throw StoreError.unavailable }
        guard !tail.isStored else { return }
        if !tail.bytes.isEmpty { try files.put(tail.bytes[...], at: tail.chunkCount, of: upload) }
        tail.isStored = true
        state = .open(tail)
    }
}
