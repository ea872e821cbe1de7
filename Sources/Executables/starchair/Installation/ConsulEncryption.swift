import ClusterNetwork

/// How the way to Consul's agent is protected.
struct ConsulEncryption {
    let isOn: Bool
    /// The authorities to trust instead of the system's.
    let authorityFile: String?

    var scheme: String { isOn ? "https://" : "http://" }

    var authorityText: String {
        isOn ? authorityFile ?? "of the system" : "none"
    }

    /// The way there.
    func exchange() throws -> HTTPClientExchange {
        guard isOn else { return HTTPClientExchange() }
        do {
            return try HTTPClientExchange(trusting: authorityFile)
        } catch {
            throw SettingError("consul.authority", "cannot be used: \(error)")
        }
    }
}
