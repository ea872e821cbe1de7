import Foundation

/// What is kept of a cluster between commands, in its folder; it holds secrets.
struct ClusterRecord: Codable, Sendable {
    /// The form that this release writes.
    static let format = 1

    var format = Self.format
    /// Which start of the machine the processes belong to.
    var boot: String
    var plan = AddressPlan(number: AddressPlan.numbers.lowerBound)
    /// Whether the addresses of the plan are this cluster's.
    var hasNetwork = false
    var settings: LocalCluster.Settings
    var machines: [Machine] = []
    var cuts: [Cut] = []

    /// The record in a folder; nil when there is none.
    init?(in folder: String) throws {
        let path = Self.path(in: folder)
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        do {
            self = try JSONDecoder().decode(Self.self, from: bytes)
        } catch {
            throw ClusterFailure(
                "\(path) cannot be read (\(error)): end what runs, and remove \(folder)")
        }
        guard format == Self.format else {
            throw ClusterFailure("\(path) was written by another release (format \(format))")
        }
        guard boot != Self.currentBoot else { return }
        // Nothing outlives the machine's own end, whatever has its number now.
        boot = Self.currentBoot
        cuts = []
        for index in machines.indices { machines[index].process = nil }
    }

    init(settings: LocalCluster.Settings) {
        boot = Self.currentBoot
        self.settings = settings
    }

    func save(in folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try PrivateFile.write(
            String(decoding: try encoder.encode(self), as: UTF8.self), to: Self.path(in: folder))
    }

    static func path(in folder: String) -> String { "\(folder)/cluster.json" }

    private static var currentBoot: String {
        let bytes = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id")
        return String(decoding: bytes ?? Data(), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
