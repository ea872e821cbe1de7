/// Who may import what: the ONE table of it. A row is a target's folder and the modules, ours and
/// others', that its files may import; the layers are those of the architecture, lowest first.
enum AllowedImports {
    static let table: [String: String] = [
        // 0: needs nothing
        "Sources/Runtime/BSON": "",
        "Sources/Runtime/Platform": "FoundationEssentials Synchronization",
        "Sources/Domain/Assignment": "CLemon",
        // 1: the field and the frame
        "Sources/Domain/PeerReview": "Platform",
        "Sources/Runtime/Cluster": "BSON FoundationEssentials Platform Synchronization",
        "Sources/Runtime/Ports": "BSON Platform",
        // 2: what stands on the frame
        "Sources/Domain/StarchairAPI": "Cluster PeerReview Platform Ports",
        "Sources/Runtime/Effects": "BSON Cluster Crypto Platform Ports",
        "Sources/Runtime/ClusterNetwork":
            "Cluster Dispatch Foundation Glibc NIOSSL NIOTLS Platform " + realEdges,
        "Sources/Runtime/ClusterSimulator":
            "BSON CSimulator Cluster Glibc MemoryAdapters Platform Ports Synchronization "
            + "_Concurrency",
        "Sources/Adapters/Conformance": "Cluster Platform Ports",
        "Sources/Adapters/MemoryAdapters": "Platform Ports Synchronization",
        "Sources/Adapters/SQLiteAdapters":
            "FoundationEssentials GRDB GRDBSQLite Glibc Platform Ports Synchronization",
        "Sources/Adapters/SystemAdapters":
            "CArgon2 Crypto Platform Ports Subprocess Synchronization " + files,
        "Sources/Adapters/SMTPAdapter": "CCurl Platform SystemAdapters Synchronization",
        "Sources/Adapters/SocketDrivers": "Glibc Platform",
        "Sources/Adapters/MongoAdapters":
            "BSON CMongo Crypto Glibc Platform Ports Synchronization",
        "Sources/Adapters/RabbitMQAdapter":
            "CRabbitMQ Glibc Platform Ports SocketDrivers Synchronization",
        "Sources/Adapters/RedisAdapter":
            "CRedis Glibc Platform Ports SocketDrivers Synchronization",
        // 3: the services, which cannot reach each other
        "Sources/Services/ConferenceService": service,
        "Sources/Services/DiscussionService": service,
        "Sources/Services/DraftService": service,
        "Sources/Services/InvitationService": service,
        "Sources/Services/NotificationService": service,
        "Sources/Services/ReviewProcessService": service + " Assignment",
        "Sources/Services/UserService": service,
        "Sources/Services/StarchairGateway":
            "BSON Cluster Crypto FoundationEssentials HTTPTypes Hummingbird Logging NIOCore "
            + "PeerReview Platform Ports StarchairAPI Synchronization",
        // 4: the system put together, and what is tried on it
        "Sources/Services/StarchairAssembly": service + " " + services + " Hummingbird",
        "Sources/Services/Trials":
            "Crypto FoundationEssentials PeerReview Platform StarchairAPI Synchronization",
        // 5: the two worlds
        "Simulations":
            "BSON Cluster ClusterSimulator Effects HTTPTypes Hummingbird Logging MemoryAdapters "
            + "NIOCore PeerReview Platform Ports StarchairAPI StarchairAssembly StarchairGateway "
            + "Synchronization Trials",
        "Sources/Services/LocalCluster":
            "BSON Foundation Glibc Platform Subprocess Synchronization",
        "Sources/Services/StarchairServer":
            "Crypto Foundation HTTPTypes Hummingbird HummingbirdCore Logging NIOCore NIOHTTP1 "
            + "ServiceLifecycle Ports StarchairGateway Synchronization",
        "Sources/Web/StarchairWeb": "Foundation",
        // 6: the programs
        "Sources/Executables/starchair":
            "ArgumentParser Cluster ClusterNetwork Configuration LocalCluster MemoryAdapters "
            + "MongoAdapters NIOWebSocket Platform Ports RabbitMQAdapter RedisAdapter "
            + "SMTPAdapter ServiceLifecycle UnixSignals SQLiteAdapters StarchairAPI "
            + "StarchairAssembly StarchairGateway StarchairServer StarchairWeb SystemAdapters "
            + "Trials " + realEdges
            + " " + files,
        "Sources/Executables/simulate":
            "ArgumentParser ClusterSimulator Glibc Simulations Trials",
        "Sources/Executables/parity":
            "ArgumentParser Cluster ClusterNetwork ClusterSimulator LocalCluster MemoryAdapters "
            + "MongoAdapters Platform Ports RabbitMQAdapter RedisAdapter SQLiteAdapters "
            + "Synchronization SystemAdapters " + files,
    ]

    /// The modules that a row allows; nil without a row.
    static func modules(of folder: String, in table: [String: String]) -> Set<String>? {
        table[folder].map { Set($0.split(separator: " ").map(String.init)) }
    }

    private static let service =
        "BSON Cluster Crypto Effects PeerReview Platform Ports StarchairAPI"
    private static let services =
        "ConferenceService DiscussionService DraftService InvitationService "
        + "NotificationService ReviewProcessService StarchairGateway UserService"
    private static let files = "Foundation FoundationEssentials Glibc"
    private static let realEdges =
        "AsyncHTTPClient HTTPTypes Hummingbird Logging NIOCore NIOHTTP1 NIOPosix Synchronization"
}
