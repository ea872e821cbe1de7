import Ports

extension StoreError {
    /// What a failure before any commit means: nothing was written.
    init(mongo error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let failure as MongoFailure where failure.isServer(ServerCode.outOfDiskSpace):
            self = .full
        case is ReplyError: self = .corrupt("the server's answer has another form")
        default: self = .unavailable
        }
    }
}
