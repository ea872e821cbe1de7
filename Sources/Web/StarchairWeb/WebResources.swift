import Foundation

/// Where the browser's application and the manual lie beside the program, each a folder with
/// `index.html`.
public enum WebResources {
    /// The application.
    public static var folder: URL { folder("application") }

    /// The manual for those who use it, in English and Chinese.
    public static var manual: URL { folder("manual") }

    private static func folder(_ name: String) -> URL {
        Bundle.module.bundleURL.appending(path: name, directoryHint: .isDirectory)
    }
}
