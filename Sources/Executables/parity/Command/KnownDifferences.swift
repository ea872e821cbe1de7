/// The list of the differences that are meant.
enum KnownDifferences {
    static func differences(of name: ComponentName) -> [KnownDifference] {
        switch name {
        case .sessionCache: SessionCacheComponent.differences
        case .documentStore: DocumentStoreComponent.differences
        case .blobStore: BlobStoreComponent.differences
        case .eventBus: EventBusComponent.differences
        case .serviceRegistry: ServiceRegistryComponent.differences
        }
    }

    static func text(of names: [ComponentName]) -> String {
        names.map { name in
            let lines = differences(of: name).map { "  \($0.what)\n    \($0.reason)" }
            return ([name.rawValue] + lines).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
