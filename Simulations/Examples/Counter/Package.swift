// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "counter",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "starchair", path: "../../..")],
    targets: [
        .executableTarget(
            name: "Counter",
            dependencies: ["Cluster", "ClusterSimulator", "Platform", "Ports"].map {
                .product(name: $0, package: "starchair")
            },
            swiftSettings: [
                .treatAllWarnings(as: .error),
                .enableUpcomingFeature("ExistentialAny"),
            ])
    ]
)
