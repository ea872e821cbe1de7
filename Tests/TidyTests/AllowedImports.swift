/// Who may import what: the ONE table of it. A row is a target's folder and the modules, ours and
/// others', that its files may import; the layers are those of the architecture, lowest first.
enum AllowedImports {
    static let table: [String: String] = [
        // 0: needs nothing
        "Sources/Runtime/BSON": "",
        "Sources/Runtime/Platform": "FoundationEssentials",
        // 1: the field and the frame
        "Sources/Domain/PeerReview": "Platform",
        "Sources/Runtime/Cluster": "BSON Platform Synchronization",
        "Sources/Runtime/Ports": "BSON Platform",
        // 2: what stands on the frame
        "Sources/Domain/StarchairAPI": "Cluster PeerReview Platform Ports",
        "Sources/Runtime/Effects": "BSON Cluster Crypto Platform Ports",
        "Sources/Runtime/ClusterNetwork": "Cluster Dispatch Glibc Platform " + realEdges,
        "Sources/Runtime/ClusterSimulator":
            "BSON CSimulator Cluster Glibc Platform Ports Runtime Synchronization _Concurrency",
        "Sources/Adapters/Conformance": "Cluster Platform Ports",
        "Sources/Adapters/MemoryAdapters": "Platform Ports Synchronization",
        "Sources/Adapters/SQLiteAdapters": "BSON GRDB Glibc Platform Ports Synchronization",
        "Sources/Adapters/SystemAdapters":
            "CArgon2 Crypto Platform Ports Subprocess Synchronization " + files,
        // 3: the services, which cannot reach each other
        "Sources/Services/ConferenceService": service,
        "Sources/Services/DraftService": service,
        "Sources/Services/UserService": service,
        "Sources/Services/StarchairGateway":
            "Cluster Crypto FoundationEssentials HTTPTypes Hummingbird Logging NIOCore "
            + "PeerReview Platform Ports StarchairAPI",
        // 4: the system put together, and what is tried on it
        "Sources/Services/StarchairAssembly": service + " " + services,
        "Sources/Services/Trials":
            "Crypto Foundation FoundationEssentials PeerReview Platform StarchairAPI",
        // 5: the two worlds
        "Simulations":
            "Cluster ClusterSimulator FoundationEssentials HTTPTypes Hummingbird Logging "
            + "MemoryAdapters NIOCore Trials " + service + " " + services + " StarchairAssembly",
        "Sources/Services/StarchairServer":
            service + " StarchairAssembly StarchairGateway ServiceLifecycle " + realEdges,
        // 6: the programs
        "Sources/Executables/starchair":
            "ArgumentParser ClusterNetwork SQLiteAdapters StarchairAssembly StarchairGateway "
            + "StarchairServer SystemAdapters Trials " + service + " " + realEdges + " " + files,
        "Sources/Executables/simulate":
            "ArgumentParser ClusterSimulator Simulations Trials " + files,
    ]

    /// The modules that a row allows; nil without a row.
    static func modules(of folder: String, in table: [String: String]) -> Set<String>? {
        table[folder].map { Set($0.split(separator: " ").map(String.init)) }
    }

    private static let service =
        "BSON Cluster Crypto Effects PeerReview Platform Ports StarchairAPI"
    private static let services =
        "ConferenceService DraftService StarchairGateway UserService"
    private static let files = "Foundation FoundationEssentials Glibc"
    private static let realEdges =
        "AsyncHTTPClient HTTPTypes Hummingbird Logging NIOCore NIOHTTP1 NIOPosix Synchronization"
}
