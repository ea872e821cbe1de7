/// Names an event that was set for later, so that it can be taken back.
public struct EventHandle: Sendable {
    let slot: Int
    let sequence: UInt64
}
