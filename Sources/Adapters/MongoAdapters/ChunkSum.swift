import Crypto

/// What a chunk's bytes are held against when they are read.
struct ChunkSum: Equatable {
    let bytes: [UInt8]

    init(_ chunk: ArraySlice<UInt8>) {
        self = chunk.withUnsafeBytes { ChunkSum($0) }
    }

    init(_ chunk: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: chunk)
        bytes = Array(hash.finalize())
    }
}
