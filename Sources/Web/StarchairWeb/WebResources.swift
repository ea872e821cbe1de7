import Foundation

/// Where the browser's application lies beside the program.
public enum WebResources {
    /// The folder with `index.html`.
    public static var folder: URL {
        Bundle.module.bundleURL.appending(path: "application", directoryHint: .isDirectory)
    }
}
