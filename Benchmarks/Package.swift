// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    products: [.executable(name: "bench", targets: ["bench"])],
    dependencies: [
        .package(name: "starchair", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
    ],
    targets: [
        .executableTarget(
            name: "bench",
            dependencies: ["BSON", "Cluster", "ClusterNetwork", "ClusterSimulator", "Platform"].map
            {
                .product(name: $0, package: "starchair")
            } + [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["Generated/paper.proto"],
            swiftSettings: [
                .treatAllWarnings(as: .error),
                .enableUpcomingFeature("ExistentialAny"),
            ])
    ]
)
