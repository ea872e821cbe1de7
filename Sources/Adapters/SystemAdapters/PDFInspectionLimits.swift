/// What one inspection may cost.
public struct PDFInspectionLimits: Hashable, Sendable {
    /// Address space of the child process, in bytes.
    public var memoryByteCount = 1 << 30
    /// Processor time of the child process, in whole seconds.
    public var processorTime: Duration = .seconds(10)
    /// Time from the child's start to its end; longer only when the machine is overloaded.
    public var wallTime: Duration = .seconds(60)
    /// Bytes of an inspected file.
    public var fileByteCountMaximum: Int64 = 256 << 20
    /// Child processes at the same time; a further inspection is unavailable.
    public var processCountMaximum = 4

    /// The usual limits.
    public init() {}
}
