import CSimulator

/// One function of a stack, by name.
struct StackFrame: CustomStringConvertible {
    private let mangled: String
    let name: String
    private let place: String

    init(_ address: UInt) {
        mangled = Self.text { csimulator_function_name(address, $0, $1) }
        place = Self.text { csimulator_image_offset(address, $0, $1) }
        let demangled = Self.text { [mangled] in csimulator_demangle(mangled, $0, $1) }
        let function = Self.whole(demangled, after: "partial function for ")
        name = Self.whole(function, after: "partial apply forwarder for ")
    }

    var description: String { "\(name) in \(place)" }

    /// Whether the frame belongs to the simulator or the system, not to what is simulated.
    var isMachinery: Bool {
        mangled.hasPrefix("$s16ClusterSimulator") || mangled.hasPrefix("csimulator_")
            || ["libswift", "libc.", "libdispatch."].contains { place.hasPrefix($0) }
            || name.contains("reabstraction thunk")
    }

    /// The function of which a compiled piece is only a part, by what stands before its name.
    private static func whole(_ piece: String, after words: String) -> String {
        piece.firstRange(of: words).map { String(piece[$0.upperBound...]) } ?? piece
    }

    private static func text(_ write: (UnsafeMutablePointer<CChar>?, Int) -> Void) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { text in
            write(text.baseAddress, text.count)
            return String(cString: text.baseAddress!)
        }
    }
}
