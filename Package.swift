// swift-tools-version: 6.2
import PackageDescription

// The targets stand in the order of the layers (ARCHITECTURE.md). A target imports only what it
// names here; a tidy test holds every import against one table.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

extension Target.Dependency {
    static let argumentParser = product(
        name: "ArgumentParser", package: "swift-argument-parser")
    static let httpClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let configuration = product(
        name: "Configuration", package: "swift-configuration")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let grdbSQLite = product(name: "GRDBSQLite", package: "GRDB.swift")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let lifecycle = product(
        name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging = product(name: "Logging", package: "swift-log")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
    static let nioWebSocket = product(name: "NIOWebSocket", package: "swift-nio")
    static let subprocess = product(name: "Subprocess", package: "swift-subprocess")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
}

/// A target of ours in a layer's folder.
func library(_ layer: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)",
        swiftSettings: strict)
}

/// A library of the system, by its module map and the Debian package that has it. Without a name
/// for pkg-config it needs no flags, or has some that a package may not use.
func system(_ name: String, _ pkgConfig: String?, _ package: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/Adapters/\(name)", pkgConfig: pkgConfig,
        providers: [.apt([package])])
}

/// The tests of one target, or of several that belong together.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let targets: [Target] = [
    library("Runtime", "BSON"),
    library("Runtime", "Platform"),
    .target(
        name: "CLemon", path: "Sources/Domain/CLemon",
        cxxSettings: [.treatAllWarnings(as: .error)]),
    library("Domain", "Assignment", ["CLemon"]),

    library("Domain", "PeerReview", ["Platform"]),
    library("Runtime", "Cluster", ["BSON", "Platform"]),
    library("Runtime", "Ports", ["BSON", "Platform"]),

    library("Domain", "StarchairAPI", ["PeerReview", "Cluster", "Platform", "Ports"]),
    library("Runtime", "Effects", ["BSON", "Cluster", "Platform", "Ports", .crypto]),
    library(
        "Runtime", "ClusterNetwork",
        ["Cluster", "Platform", .httpClient, .nioCore, .nioHTTP1, .nioPosix, .nioSSL, .nioTLS]),
    .target(name: "CSimulator", path: "Sources/Runtime/CSimulator"),
    library(
        "Runtime", "ClusterSimulator",
        ["BSON", "Cluster", "CSimulator", "MemoryAdapters", "Platform", "Ports"]),
    library("Adapters", "Conformance", ["Cluster", "Platform", "Ports"]),
    library("Adapters", "MemoryAdapters", ["Platform", "Ports"]),
    library("Adapters", "SQLiteAdapters", ["Platform", "Ports", .grdb, .grdbSQLite]),
    system("CArgon2", "libargon2", "libargon2-dev"),
    library("Adapters", "SystemAdapters", ["CArgon2", "Platform", "Ports", .subprocess]),
    system("CCurl", "libcurl", "libcurl4-openssl-dev"),
    library("Adapters", "SMTPAdapter", ["CCurl", "Platform", "SystemAdapters"]),
    system("CMongo", "libmongoc-1.0", "libmongoc-dev"),
    library("Adapters", "MongoAdapters", ["BSON", "CMongo", "Platform", "Ports", .crypto]),
    library("Adapters", "SocketDrivers", ["Platform"]),
    system("CRedis", nil, "libhiredis-dev"),
    library("Adapters", "RedisAdapter", ["CRedis", "Platform", "Ports", "SocketDrivers"]),
    system("CRabbitMQ", "librabbitmq", "librabbitmq-dev"),
    library("Adapters", "RabbitMQAdapter", ["CRabbitMQ", "Platform", "Ports", "SocketDrivers"]),

    library(
        "Services", "UserService",
        ["Cluster", "Effects", "PeerReview", "Platform", "Ports", "StarchairAPI", .crypto]),
    library(
        "Services", "ConferenceService",
        ["Cluster", "Effects", "PeerReview", "Platform", "Ports", "StarchairAPI"]),
    library(
        "Services", "DraftService",
        ["Cluster", "Effects", "PeerReview", "Platform", "Ports", "StarchairAPI"]),
    library(
        "Services", "InvitationService",
        ["Cluster", "Effects", "PeerReview", "Platform", "Ports", "StarchairAPI"]),
    library(
        "Services", "DiscussionService",
        ["Cluster", "Effects", "PeerReview", "Platform", "Ports", "StarchairAPI"]),
    library(
        "Services", "ReviewProcessService",
        [
            "Assignment", "Cluster", "Effects", "PeerReview", "Platform", "Ports", "StarchairAPI",
        ]),
    library(
        "Services", "NotificationService",
        ["Cluster", "Effects", "PeerReview", "Platform", "Ports", "StarchairAPI"]),
    library(
        "Services", "StarchairGateway",
        [
            "Cluster", "PeerReview", "Platform", "Ports", "StarchairAPI", .crypto, .httpTypes,
            .hummingbird, .logging, .nioCore,
        ]),
    library(
        "Services", "StarchairAssembly",
        [
            "Cluster", "ConferenceService", "DiscussionService", "DraftService", "Effects",
            "InvitationService", "NotificationService", "PeerReview", "Platform", "Ports",
            "ReviewProcessService", "StarchairAPI", "StarchairGateway", "UserService",
            .hummingbird,
        ]),
    library(
        "Services", "Trials", ["PeerReview", "Platform", "StarchairAPI", .crypto]),

    .target(
        name: "Simulations",
        dependencies: [
            "BSON", "Cluster", "ClusterSimulator", "Effects", "MemoryAdapters", "PeerReview",
            "Platform", "Ports", "StarchairAPI", "StarchairAssembly", "StarchairGateway", "Trials",
            .httpTypes, .hummingbird, .logging, .nioCore,
        ],
        path: "Simulations", exclude: ["Examples"], swiftSettings: strict),
    .executableTarget(
        name: "simulate",
        dependencies: ["ClusterSimulator", "Platform", "Simulations", "Trials", .argumentParser],
        path: "Sources/Executables/simulate", swiftSettings: strict),

    .target(
        name: "StarchairWeb", path: "Sources/Web/StarchairWeb",
        resources: [.copy("application"), .copy("manual")],
        swiftSettings: strict),
    library(
        "Services", "StarchairServer",
        [
            "Ports", "StarchairGateway", .crypto, .httpTypes, .hummingbird, .hummingbirdCore,
            .lifecycle, .logging, .nioCore, .nioHTTP1,
        ]),

    library("Services", "LocalCluster", ["BSON", "Platform", .subprocess]),
    .executableTarget(
        name: "starchair",
        dependencies: [
            "Cluster", "ClusterNetwork", "LocalCluster", "MemoryAdapters", "MongoAdapters",
            "Platform", "Ports", "RabbitMQAdapter", "RedisAdapter", "SMTPAdapter",
            "SQLiteAdapters", "StarchairAPI",
            "StarchairAssembly", "StarchairGateway", "StarchairServer", "StarchairWeb",
            "SystemAdapters", "Trials", .argumentParser, .configuration, .httpClient, .hummingbird,
            .lifecycle, .logging, .unixSignals, .nioCore, .nioHTTP1, .nioPosix, .nioWebSocket,
        ],
        path: "Sources/Executables/starchair", swiftSettings: strict),

    .executableTarget(
        name: "parity",
        dependencies: [
            "Cluster", "ClusterNetwork", "ClusterSimulator", "LocalCluster", "MemoryAdapters",
            "MongoAdapters", "Platform", "Ports", "RabbitMQAdapter", "RedisAdapter",
            "SQLiteAdapters", "SystemAdapters", .argumentParser,
        ],
        path: "Sources/Executables/parity", swiftSettings: strict),

    tests("BSONTests", ["BSON"]),
    tests("PlatformTests", ["BSON", "Platform"]),
    tests("AssignmentTests", ["Assignment"]),
    tests("PeerReviewTests", ["BSON", "PeerReview"]),
    tests("ConsulTests", ["Cluster", "ClusterSimulator", "Platform"]),
    tests("ClusterTests", ["BSON", "Cluster", "ClusterSimulator", "Platform"]),
    tests(
        "EffectsTests",
        [
            "BSON", "Cluster", "ClusterSimulator", "Effects", "MemoryAdapters", "Platform",
            "Ports",
        ]),
    tests(
        "AdapterTests",
        [
            "ClusterNetwork", "Conformance", "MemoryAdapters", "Platform", "Ports",
            "SQLiteAdapters", "SystemAdapters", .grdb,
        ]),
    tests(
        "MongoAdaptersTests",
        [
            "BSON", "CMongo", "ClusterNetwork", "Conformance", "LocalCluster", "MemoryAdapters",
            "MongoAdapters", "Platform", "Ports",
        ]),
    tests(
        "RedisAdapterTests",
        ["ClusterNetwork", "Conformance", "LocalCluster", "Platform", "Ports", "RedisAdapter"]),
    tests(
        "RabbitMQAdapterTests",
        [
            "ClusterNetwork", "Conformance", "LocalCluster", "Platform", "Ports",
            "RabbitMQAdapter",
        ]),
    tests(
        "SMTPAdapterTests",
        [
            "ClusterNetwork", "Conformance", "Platform", "Ports", "SMTPAdapter", "SystemAdapters",
        ]),
    tests("SimulatorCoreTests", ["ClusterSimulator", "Platform"]),
    tests(
        "SimulatedPortsTests",
        ["Cluster", "ClusterSimulator", "Conformance", "MemoryAdapters", "Platform", "Ports"]),
    tests(
        "NetworkTests",
        [
            "Cluster", "ClusterNetwork", "Conformance", "LocalCluster", "Platform", .nioCore,
            .nioPosix,
        ]),
    tests(
        "SimulationTests",
        ["ClusterSimulator", "Conformance", "Platform", "Ports", "Simulations", "simulate"]),
    tests(
        "LocalClusterTests",
        ["Cluster", "ClusterNetwork", "Conformance", "LocalCluster", "Platform"]),
    tests("ParityTests", ["ClusterNetwork", "parity"]),
    .testTarget(
        name: "SystemTests", dependencies: ["starchair"], resources: [.copy("Browser")],
        swiftSettings: strict),
    tests(
        "GatewayTests",
        [
            "BSON", "Cluster", "ClusterNetwork", "Effects", "MemoryAdapters", "PeerReview",
            "Platform", "Ports", "StarchairAPI", "StarchairAssembly", "StarchairGateway", "Trials",
            .crypto, .httpTypes, .hummingbird, .logging, .nioCore,
        ]),
    tests(
        "ServerTests",
        [
            "Ports", "StarchairGateway", "StarchairServer", .httpTypes, .hummingbird, .lifecycle,
            .logging, .nioCore, .nioEmbedded, .nioHTTP1, .nioPosix,
        ]),
    tests("ChaosTests", ["PeerReview", "Platform", "StarchairAPI", "Trials"]),
    tests("TidyTests", []),
]

let package = Package(
    name: "starchair",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "BSON", targets: ["BSON"]),
        .library(name: "Platform", targets: ["Platform"]),
        .library(name: "Cluster", targets: ["Cluster"]),
        .library(name: "Ports", targets: ["Ports"]),
        .library(name: "Effects", targets: ["Effects"]),
        .library(name: "ClusterNetwork", targets: ["ClusterNetwork"]),
        .library(name: "ClusterSimulator", targets: ["ClusterSimulator"]),
        .library(name: "MemoryAdapters", targets: ["MemoryAdapters"]),
        .library(name: "Conformance", targets: ["Conformance"]),
        .library(name: "CMongo", targets: ["CMongo"]),
        .library(name: "MongoAdapters", targets: ["MongoAdapters"]),
        .library(name: "SQLiteAdapters", targets: ["SQLiteAdapters"]),
        .library(name: "CRedis", targets: ["CRedis"]),
        .library(name: "RedisAdapter", targets: ["RedisAdapter"]),
        .library(name: "CRabbitMQ", targets: ["CRabbitMQ"]),
        .library(name: "RabbitMQAdapter", targets: ["RabbitMQAdapter"]),
        .library(name: "LocalCluster", targets: ["LocalCluster"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", exact: "1.4.0",
            traits: ["JSON"]),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(
            url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    ],
    targets: targets
)
