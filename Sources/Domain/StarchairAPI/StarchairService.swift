import Cluster

extension ServiceName {
    /// Accounts, credentials, profiles, sessions.
    public static let user: ServiceName = "UserService"
    /// Conferences and their life.
    public static let conference: ServiceName = "ConferenceService"
    /// Submissions and files.
    public static let draft: ServiceName = "DraftService"
}

extension ServiceName {
    /// The process that an operator started: it speaks for who has the machine.
    public static let `operator`: ServiceName = "operator"
}
