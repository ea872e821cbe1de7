/// A collection of the server, by its database and its name there.
struct Namespace: Hashable {
    let database: String
    let name: String

    init(_ name: String, in database: String) {
        self.database = database
        self.name = name
    }
}
