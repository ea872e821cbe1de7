import Glibc
import Platform
import Synchronization

/// The system's cryptographic generator; every purpose draws from it.
///
/// Words are drawn many at a time: a system call for each would cost more than a call of a
/// message does.
public final class SystemRandom: RandomSource {
    /// Words drawn at a time: the 256 bytes that one call gives at most.
    static let wordCount = 32

    private let words = Mutex<[UInt64]>([])

    /// A source that has drawn nothing yet.
    public init() {}

    public func next(_ purpose: RandomPurpose) -> UInt64 {
        words.withLock { words in
            if let word = words.popLast() { return word }
            words = [UInt64](unsafeUninitializedCapacity: Self.wordCount) { buffer, count in
                let bytes = UnsafeMutableRawBufferPointer(buffer)
                let code = getentropy(bytes.baseAddress, bytes.count)
                precondition(code == 0, "the system has a source of chance")
                count = Self.wordCount
            }
            return words.removeLast()
        }
    }
}
