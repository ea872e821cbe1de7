/// Something that exists as a real part and as others that must answer as it does.
protocol Component: Sendable {
    associatedtype Operation: Sendable & CustomStringConvertible

    static var name: ComponentName { get }
    /// The outcomes that each kind of operation must have shown in the end, and has no others.
    static var outcomes: [(operation: String, outcomes: [String])] { get }
    /// Where a simulated part may answer otherwise, and why.
    static var differences: [KnownDifference] { get }
    /// Operations in one sequence, each of which begins with empty parts.
    static var sequenceLength: Int { get }

    /// Sequences that are played to shrink one.
    static var shrinkingCountMaximum: Int { get }

    /// One operation; it may be meaningless after what was drawn before it, never wrong.
    static func draw(_ draw: inout Draw) -> Operation
    /// Sequences that are played at the same time, each in a lane of its own.
    var laneCount: Int { get }
    /// The parts that are compared; the first is the real one that the others must equal.
    func parts(in lane: Int) -> [Part<Operation>]
}

extension Component {
    static var shrinkingCountMaximum: Int { 100 }
}

/// One of the parts that are compared.
struct Part<Operation: Sendable>: Sendable {
    let name: String
    /// Carries out a sequence, from empty, and returns one answer for each operation.
    let play: @Sendable ([Operation]) async throws -> [Answer]
}

/// A difference that is meant, with its reason.
struct KnownDifference: Sendable {
    let what: String
    let reason: String

    init(_ what: String, because reason: String) {
        self.what = what
        self.reason = reason
    }
}

/// The components by what the command line calls them.
enum ComponentName: String, CaseIterable, Sendable {
    case sessionCache = "session-cache"
    case documentStore = "document-store"
    case blobStore = "blob-store"
    case eventBus = "event-bus"
    case serviceRegistry = "service-registry"
}
