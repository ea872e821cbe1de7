/// An address that leads nowhere.
struct Unusable: Error, CustomStringConvertible {
    let description: String

    init(_ address: String) { description = "'\(address)' is no address of a server" }
}
