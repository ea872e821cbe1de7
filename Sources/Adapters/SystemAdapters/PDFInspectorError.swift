/// Why files cannot be inspected on this machine.
public enum PDFInspectorError: Error, Hashable, Sendable {
    /// A program that it needs is not installed; the text is its name.
    case missingTool(String)
    /// Its folder for copies cannot be used.
    case folder(FolderError)
}
