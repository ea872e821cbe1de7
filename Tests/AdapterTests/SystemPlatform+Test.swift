import ClusterNetwork
import Platform

extension SystemPlatform {
    /// A real platform of the size that tests need.
    static func forTests() -> SystemPlatform {
        SystemPlatform(Configuration(offloadThreadCount: 2))
    }
}
