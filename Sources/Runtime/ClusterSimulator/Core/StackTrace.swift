/// Functions of the program, innermost first; their names are looked up only when printed.
public struct StackTrace: Sendable, Hashable {
    /// The greatest number of functions that are kept.
    public static let frameCountMaximum = 32

    /// The addresses at which the functions go on.
    public let addresses: [UInt]

    /// The program's own functions by name, image and offset, without the simulator's.
    ///
    /// `llvm-symbolizer` turns image and offset into file and line. Optimised builds lose
    /// functions: run a failing seed again without optimisation.
    public func frames() -> [String] {
        var frames: [StackFrame] = []
        for frame in addresses.map(StackFrame.init) where !frame.isMachinery {
            if frame.name != frames.last?.name { frames.append(frame) }
        }
        return frames.map(\.description)
    }
}

extension StackTrace: CustomStringConvertible {
    public var description: String { frames().map { "      \($0)" }.joined(separator: "\n") }
}
