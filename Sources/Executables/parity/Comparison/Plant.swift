/// A deviation that is planted in a simulated part, to see that it is found.
enum Plant: String, CaseIterable, Sendable {
    case cacheLosesEmptyValues = "cache-loses-empty-values"
    case storeSkipsVerification = "store-skips-verification"
    case filesEndEarly = "files-end-early"
    case consulOverwrites = "consul-overwrites"
    case brokerForgetsCounts = "broker-forgets-counts"

    var component: ComponentName {
        switch self {
        case .cacheLosesEmptyValues: .sessionCache
        case .storeSkipsVerification: .documentStore
        case .filesEndEarly: .blobStore
        case .consulOverwrites: .serviceRegistry
        case .brokerForgetsCounts: .eventBus
        }
    }

    var summary: String {
        switch self {
        case .cacheLosesEmptyValues: "An empty value reads as none."
        case .storeSkipsVerification: "A commit does not look at what it only depends on."
        case .filesEndEarly: "A read behind the end of a file finds no file."
        case .consulOverwrites: "A key that is to be created only is overwritten."
        case .brokerForgetsCounts: "Each delivery of an event is called the first."
        }
    }
}
