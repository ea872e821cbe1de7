/// The nodes and servers of a trace in the order in which they are drawn.
struct TraceLanes {
    /// What a lane stands for; the order is that of the drawing.
    enum Role: String, CaseIterable {
        /// The run itself: what happens between two jobs, and its main function.
        case run
        /// A node that only calls.
        case client
        /// A node that is called.
        case service
        /// What stands behind the services and has no lives.
        case server
    }

    struct Lane: Hashable {
        let name: String
        let role: Role
    }

    /// The name of the lane for what happens between two jobs.
    static let runName = "world"

    let lanes: [Lane]
    private let indexes: [String: Int]

    init(_ events: [TraceEvent]) {
        var names: [String] = []
        var roles: [String: Role] = [:]
        func see(_ name: String, as role: Role) {
            let name = Self.laneName(name)
            if roles[name] == nil { names.append(name) }
            let order = Role.allCases
            let known = roles[name].flatMap(order.firstIndex) ?? 0
            let new = name == Self.runName ? 0 : order.firstIndex(of: role) ?? 0
            roles[name] = order[max(known, new)]
        }
        for event in events {
            see(event.node, as: .client)
            switch event.detail {
            case .travel(let travel) where travel.moment == .departure:
                see(travel.peer, as: Self.roleOfReceiver(travel.flow))
            case .travel(let travel): see(travel.peer, as: .client)
            case .condition(.away), .condition(.back): see(event.node, as: .server)
            case .condition, .none: break
            }
        }
        lanes = Role.allCases.flatMap { role in
            names.filter { roles[$0] == role }.sorted(by: Self.isBefore)
                .map { Lane(name: $0, role: role) }
        }
        indexes = Dictionary(
            uniqueKeysWithValues: lanes.enumerated().map { ($0.element.name, $0.offset) })
    }

    /// The number of the lane of a node or server; nil when the trace does not know it.
    func index(of name: String) -> Int? { indexes[Self.laneName(name)] }

    /// Whether one name comes before another, the numbers at their ends as numbers.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        func parts(_ name: String) -> (String, Int) {
            let digits = name.reversed().prefix { "0"..."9" ~= $0 }.prefix(9).count
            return (String(name.dropLast(digits)), Int(name.suffix(digits)) ?? 0)
        }
        let (one, other) = (parts(left), parts(right))
        return (one.0, one.1, left) < (other.0, other.1, right)
    }

    private static func laneName(_ name: String) -> String { name.isEmpty ? runName : name }

    private static func roleOfReceiver(_ flow: TraceTravel.Flow) -> Role {
        switch flow {
        case .request, .duplicate, .cancellation: .service
        case .read, .write: .server
        case .answer, .late, .failure: .client
        }
    }
}
