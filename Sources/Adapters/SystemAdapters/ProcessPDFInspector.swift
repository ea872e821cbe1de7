import Platform
import Ports
import Synchronization

/// Inspects a copy of the file by `qpdf` in a bounded child process.
///
/// A file that brings the child to its limits or to a crash is no PDF; a machine that does not
/// run the child is unavailable. The page count is what the file itself declares.
public final class ProcessPDFInspector: PDFInspector {
    /// Where the programs are looked for, unless somebody knows better.
    public static let toolFolders = ["/usr/local/bin", "/usr/bin", "/bin"]

    private let folder: Folder
    private let platform: Platform
    private let limits: PDFInspectionLimits
    private let tool: PDFTool
    private let processCount = Mutex(0)

    /// Opens or creates the folder for copies, which must be its own, and empties it.
    ///
    /// It blocks the calling thread, so it belongs at the start of a program.
    ///
    /// - Parameter path: an absolute path.
    public init(
        folder path: String, platform: Platform,
        limits: PDFInspectionLimits = PDFInspectionLimits(),
        toolFolders: [String] = ProcessPDFInspector.toolFolders
    ) throws(PDFInspectorError) {
        precondition(path.hasPrefix("/"), "a child process is told an absolute path")
        folder = Folder(path: path)
        self.platform = platform
        self.limits = limits
        tool = try PDFTool(in: toolFolders, limits: limits, clock: platform.clock)
        do throws(FolderError) {
            try folder.prepare()
        } catch {
            throw .folder(error)
        }
        do throws(SystemCallError) {
            for name in try folder.names() { try folder.remove(name) }
        } catch {
            throw .folder(.unusable(path: path, reason: error.description))
        }
    }

    public func inspect(
        _ id: BlobID, in blobs: any BlobStore
    ) async throws(StoreError) -> PDFVerdict {
        guard let first = try await blobs.read(id, from: 0, byteCount: 1024) else {
            throw .corrupt("blob \(id) is not published")
        }
        guard PDFVerdict.hasHeader(first) else { return .notAPDF }
        try await waitForPlace()
        defer { processCount.withLock { $0 -= 1 } }
        let copy = try await BlobCopy(
            of: id, in: blobs, to: folder, limits: limits, platform: platform)
        let outcome = await outcome(copy)
        try await copy.remove()
        return try PDFVerdict(outcome.get())
    }

    private func outcome(_ copy: BlobCopy) async -> Result<PDFTool.Outcome, StoreError> {
        do {
            return .success(try await tool.countPages(copy.path))
        } catch {
            return .failure(StoreError(system: error))
        }
    }

    /// Waits until fewer inspections run than may; a place comes free within seconds.
    private func waitForPlace() async throws(StoreError) {
        let end = platform.clock.uptime + limits.wallTime
        while !enter() {
            guard platform.clock.uptime < end else { throw .unavailable }
            do {
                try await platform.clock.sleep(for: .milliseconds(20))
            } catch {
                throw .unavailable
            }
        }
    }

    private func enter() -> Bool {
        processCount.withLock { count in
            guard count < limits.processCountMaximum else { return false }
            count += 1
            return true
        }
    }
}
