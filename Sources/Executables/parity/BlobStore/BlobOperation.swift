import Ports

/// What is asked of a blob store; uploads are named by slots.
enum BlobOperation: Sendable {
    case begin(slot: Int)
    case append(Int, byte: UInt8, slot: Int)
    case sync(slot: Int)
    /// Under a name that nothing had before.
    case publish(slot: Int)
    case abandon(slot: Int)
    case read(BlobID, from: Int64, byteCount: Int)
    case remove(BlobID)
    case published(after: BlobID?, limit: Int)
}

extension BlobOperation: CustomStringConvertible {
    var description: String {
        switch self {
        case .begin(let slot): "begin upload \(slot)"
        case .append(let count, let byte, let slot):
            "append \(count) bytes from \(byte) to upload \(slot)"
        case .sync(let slot): "sync upload \(slot)"
        case .publish(let slot): "publish upload \(slot)"
        case .abandon(let slot): "abandon upload \(slot)"
        case .read(let id, let offset, let count): "read \(count) bytes of \(id) from \(offset)"
        case .remove(let id): "remove \(id)"
        case .published(let id, let limit):
            "list \(limit) after \(id.map { "\($0)" } ?? "nothing")"
        }
    }
}
