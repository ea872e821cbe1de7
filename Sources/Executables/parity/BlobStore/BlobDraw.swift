import Ports

/// Draws operations on a few uploads and files, about the sizes at which stores cut them.
enum BlobDraw {
    /// How many bytes GridFS keeps in a chunk, and how many a read gives at most.
    private static let (chunk, readMaximum) = (255 << 10, 256 << 10)
    private static let slotCount = 3
    private static let fileCount = 6

    static func operation(_ draw: inout Draw) -> BlobOperation {
        let slot = draw.below(slotCount)
        switch draw.below(100) {
        case ..<18: return .begin(slot: slot)
        case ..<40:
            let sizes = [0, 1, 1000, 1000, chunk - 1, chunk, chunk + 1, 2 * chunk]
            return .append(draw.pick(sizes), byte: UInt8(draw.below(256)), slot: slot)
        case ..<46: return .sync(slot: slot)
        case ..<60: return .publish(slot: slot)
        case ..<64: return .abandon(slot: slot)
        case ..<86:
            let offsets = [
                0, 0, 0, 0, 1, 999, 1000, 1001, chunk - 1, chunk, chunk + 1, readMaximum, -1,
            ]
            let counts = [0, 1, 1000, 1000, chunk, chunk, readMaximum, readMaximum + 1, -1]
            return .read(some(&draw), from: Int64(draw.pick(offsets)), byteCount: draw.pick(counts))
        case ..<90: return .remove(some(&draw))
        default:
            let after = draw.chance(percent: 50) ? some(&draw) : nil
            return .published(after: after, limit: draw.pick([0, 1, 2, 10]))
        }
    }

    /// A file that may have been published.
    private static func some(_ draw: inout Draw) -> BlobID {
        BlobPlayer.name(1 + draw.below(fileCount))
    }
}
