/// Why an adapter cannot work in the folder that it was given.
public enum FolderError: Error, Hashable, Sendable {
    /// The folder cannot be created, read or written; the text says which call failed and why.
    case unusable(path: String, reason: String)
}
