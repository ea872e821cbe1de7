import Foundation
import Platform

/// The machines' own network: each has a network namespace, and all hang on one switch, which has
/// a namespace too, so that no rule of the host's firewall is between them.
struct VirtualNetwork: Sendable {
    let plan: AddressPlan
    let tool: Tool

    static let namePrefix = "starchair"

    /// The interface by which the host is in the network.
    private var hostInterface: String { "\(Self.namePrefix)\(plan.number)" }
    private var hub: String { "\(Self.namePrefix)\(plan.number)-switch" }

    /// The namespace of a machine.
    func namespace(of machine: String) -> String {
        "\(Self.namePrefix)\(plan.number)-\(machine.replacing("/", with: "-"))"
    }

    /// Where a namespace is found.
    static func path(of namespace: String) -> String { "/run/netns/\(namespace)" }

    private static func exists(_ namespace: String) -> Bool {
        FileManager.default.fileExists(atPath: path(of: namespace))
    }

    /// A network whose addresses nobody here uses, with nothing but its switch.
    static func claim(_ tool: Tool) async throws -> VirtualNetwork {
        for _ in AddressPlan.numbers {
            let addresses = try await tool.run(["ip", "-4", "-oneline", "address"])
            let routes = try await tool.run(["ip", "-4", "route"])
            // One that somebody is just claiming has no address yet.
            let claimed = AddressPlan.numbers.map {
                VirtualNetwork(plan: .init(number: $0), tool: tool)
            }
            .filter { exists($0.hub) }.map(\.plan.host)
            let taken = ([addresses, routes] + claimed).joined(separator: "\n")
            guard let number = AddressPlan.firstFree(taken) else { break }
            let network = VirtualNetwork(plan: AddressPlan(number: number), tool: tool)
            if try await network.takeHub() {
                try await network.buildSwitch()
                return network
            }
        }
        throw ClusterFailure("every network from 10.77 to 10.126 is in use on this machine")
    }

    /// Makes the switch's namespace; false when somebody else has been faster.
    private func takeHub() async throws -> Bool {
        do {
            try await ip([], "netns add \(hub)")
            return true
        } catch {
            guard Self.exists(hub) else { throw error }
            return false
        }
    }

    /// Makes what is not there yet of the network and of the machines, by name and address.
    func build(_ machines: [(name: String, address: String)]) async throws {
        if !Self.exists(hub) {
            try await requireFree()
            guard try await takeHub() else { throw inUse }
            try await buildSwitch()
        }
        precondition(machines.count <= Limit.machineCountMaximum, "a network has a bounded size")
        for machine in machines {
            let namespace = namespace(of: machine.name)
            guard !Self.exists(namespace) else { continue }
            let port = Self.port(of: machine.address)
            try await ip(
                [], "netns add \(namespace)",
                "link add eth0 netns \(namespace) type veth peer name \(port) netns \(hub)")
            try await ip(["-n", hub], "link set \(port) master switch up")
            try await ip(
                ["-n", namespace], "link set lo up",
                "address add \(machine.address)/16 dev eth0", "link set eth0 up")
        }
    }

    /// The switch's end of the wire to an address.
    private static func port(of address: String) -> String {
        "port-" + address.split(separator: ".").suffix(2).joined(separator: "-")
    }

    private func requireFree() async throws {
        let addresses = try await tool.run(["ip", "-4", "-oneline", "address"])
        guard !addresses.contains(" \(plan.host)/") else { throw inUse }
    }

    private var inUse: ClusterFailure {
        ClusterFailure(
            "another cluster uses the network of this one (10.\(plan.number)): end it with "
                + "`cluster down`, or remove this one's data")
    }

    private func buildSwitch() async throws {
        try await ip(
            [], "link add \(hostInterface) type veth peer name host netns \(hub)",
            "address add \(plan.host)/16 dev \(hostInterface)", "link set \(hostInterface) up")
        try await ip(
            ["-n", hub], "link add switch type bridge forward_delay 0",
            "link set host master switch up", "link set switch up")
    }

    /// Removes the network and all that is left of its machines.
    func tearDown() async throws {
        let list = try await tool.run(["ip", "netns", "list"])
        let names = list.split(separator: "\n").compactMap { $0.split(separator: " ").first }
            .map(String.init).filter { $0.hasPrefix("\(Self.namePrefix)\(plan.number)-") }
        // The kernel takes its time with a namespace; the host's end is gone at once.
        let links = try await tool.run(["ip", "-oneline", "link"])
        if links.contains(" \(hostInterface)@") || links.contains(" \(hostInterface):") {
            try await ip([], "link delete \(hostInterface)")
        }
        for name in names { try await ip([], "netns delete \(name)") }
    }

    /// Who runs in a machine's namespace, whoever started it.
    func processes(of machine: String) throws -> [ProcessIdentity] {
        var place = stat()
        guard Self.exists(namespace(of: machine)),
            stat(Self.path(of: namespace(of: machine)), &place) == 0
        else { return [] }
        let network = "net:[\(place.st_ino)]"
        return try ProcessStatus.allPIDs().filter { pid in
            var link = [UInt8](repeating: 0, count: 64)
            let count = readlink("/proc/\(pid)/ns/net", &link, link.count)
            return count > 0 && String(decoding: link[..<count], as: UTF8.self) == network
        }.compactMap { ProcessIdentity(pid: $0) }
    }

    /// Runs `ip` with each command, all in one process.
    private func ip(_ options: [String], _ commands: String...) async throws {
        try await tool.run(
            ["ip"] + options + ["-batch", "-"], input: commands.joined(separator: "\n") + "\n")
    }
}
