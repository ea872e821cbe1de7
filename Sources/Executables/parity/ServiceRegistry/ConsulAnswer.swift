import Cluster
import Foundation

/// An answer of Consul without what two Consuls need not have in common.
struct ConsulAnswer {
    /// Members that the simulation leaves out, or that name machines.
    private static let ignored: Set<String> = [
        "Connect", "ContentHash", "CreateIndex", "Datacenter", "Definition",
        "Kind", "ModifyIndex", "Node", "NodeMeta", "Proxy",
        "ServiceConnect", "ServiceEnableTagOverride", "ServiceKind", "ServiceProxy",
        "ServiceTaggedAddresses", "ServiceWeights", "TaggedAddresses",
    ]

    let status: Int
    let index: UInt64?
    let body: [UInt8]
    let json: JSON?

    init(_ message: HTTPResponseMessage) {
        status = message.status
        index = message.headers["x-consul-index"].flatMap(UInt64.init)
        body = message.body
        do {
            json = try JSONDecoder().decode(JSON.self, from: Data(message.body))
        } catch {
            json = nil
        }
    }

    /// The body in the form that is compared: members that count, rows that are of the trial, and
    /// `names` for what was drawn.
    func text(_ names: RegistryNames) -> String {
        guard status == 200 else { return "\(status)" }
        guard let json else { return names.neutral(String(decoding: body, as: UTF8.self)) }
        return names.neutral(Self.reduced(json, names).description)
    }

    private static func reduced(_ value: JSON, _ names: RegistryNames) -> JSON {
        switch value {
        case .array(let rows):
            let kept = rows.filter { !names.isForeign($0) }.map { reduced($0, names) }
            // A node's rows stand in the order in which its services came to Consul's tree.
            return .array(kept.sorted { $0.description < $1.description })
        case .object(let members):
            var kept: [String: JSON] = [:]
            // A row of the catalogue has its node's address and id, which are the machine's.
            let isRow = value["ServiceAddress"] != nil
            for (name, member) in members
            where !(isRow && ["Address", "ID"].contains(name)) && !ignored.contains(name)
                && !names.isForeign(member: name)
            {
                kept[name] = reduced(member, names)
            }
            if let created = value["CreateIndex"]?.number,
                let modified = value["ModifyIndex"]?.number
            {
                kept["isModified"] = .bool(modified > created)
            }
            return .object(kept)
        default: return value
        }
    }
}
