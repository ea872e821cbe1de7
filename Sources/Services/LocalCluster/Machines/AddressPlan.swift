/// Which address each machine of a cluster has: `10.N.x.y`, N being the cluster's own number.
public struct AddressPlan: Hashable, Codable, Sendable {
    /// The second part of all addresses.
    public let number: Int

    static let numbers = 77...126

    /// Where the host is reached from the machines, and its processes by the machines.
    var host: String { "10.\(number).0.1" }

    /// The address of a backing server, counted from 0.
    func address(ofServer place: Int) -> String { "10.\(number).0.\(10 + place)" }

    /// The address of a service's instance, both counted from 1.
    func address(ofService place: Int, replica: Int) -> String {
        "10.\(number).\(place).\(replica)"
    }

    /// The first number that is not in use, after what the machine says of its addresses and
    /// routes; nil when all are.
    static func firstFree(_ description: String) -> Int? {
        let words = description.split { !$0.isNumber && $0 != "." }
        let taken = Set(
            words.filter { $0.hasPrefix("10.") }.compactMap { word in
                let parts = word.split(separator: ".")
                return parts.count > 1 ? Int(parts[1]) : nil
            })
        return numbers.first { !taken.contains($0) }
    }
}
