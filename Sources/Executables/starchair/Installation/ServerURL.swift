import Foundation

/// Where a backing server is and how one signs in there, as its URL says. It may hold a password.
struct ServerURL {
    let host: String
    let port: Int
    let user: String
    let password: String?
    /// What stands after the first slash.
    let path: String
    private let scheme: String

    /// Reads the value of a setting, for example `redis://:secret@10.0.0.7:6379/0`.
    init(_ text: String, scheme: String, defaultPort: Int, key: String) throws {
        let mistake = SettingError(
            key, "must be like \(scheme)://user:password@host:\(defaultPort)/")
        guard let parts = URLComponents(string: text), parts.scheme == scheme,
            let host = parts.host, !host.isEmpty, parts.query == nil, parts.fragment == nil
        else { throw mistake }
        self.host = host
        port = parts.port ?? defaultPort
        guard (1...65_535).contains(port) else { throw mistake }
        user = parts.user ?? ""
        password = parts.password
        path = String(parts.path.dropFirst())
        self.scheme = scheme
    }

    /// The URL without its secret, for people.
    var masked: String {
        let credentials = user.isEmpty && password == nil ? "" : "\(user):***@"
        return "\(scheme)://\(credentials)\(host):\(port)/\(path)"
    }
}

/// A setting that cannot be used: which, and what it must be.
struct SettingError: Error, CustomStringConvertible {
    let description: String

    init(_ key: String, _ demand: String) {
        description = "the setting \(PodConfiguration.name(of: key)) \(demand)"
    }
}
