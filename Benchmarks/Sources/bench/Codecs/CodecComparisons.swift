import BSON
import FoundationEssentials
import SwiftProtobuf

/// BSON beside the coders that others use.
enum CodecComparisons {
    static func all() throws -> [Comparison] {
        let paper = Paper.sample
        let proto = ProtoPaper(paper)
        let bson = try BSONEncoder().encode(paper)
        let json = try JSONEncoder().encode(paper)
        let wire: [UInt8] = try proto.serializedBytes()
        let fromBSON = try BSONDecoder().decode(Paper.self, from: bson)
        let fromJSON = try JSONDecoder().decode(Paper.self, from: json)
        let fromWire = try ProtoPaper(serializedBytes: wire)
        precondition(fromBSON == paper && fromJSON == paper && fromWire == proto)
        return [encoding(paper, proto), decoding(bson: bson, json: json, wire: wire)]
    }

    private static func encoding(_ paper: Paper, _ proto: ProtoPaper) -> Comparison {
        Comparison(
            name: "encode a message of ten fields", unit: "messages",
            ours: Contender(name: "BSONEncoder") { count in
                let encoder = BSONEncoder()
                return try sum(count) { try encoder.encode(paper).count }
            },
            peers: [
                Contender(name: "JSONEncoder") { count in
                    let encoder = JSONEncoder()
                    return try sum(count) { try encoder.encode(paper).count }
                },
                Contender(name: "swift-protobuf") { count in
                    try sum(count) { (try proto.serializedBytes() as [UInt8]).count }
                },
            ])
    }

    private static func decoding(bson: [UInt8], json: Data, wire: [UInt8]) -> Comparison {
        Comparison(
            name: "decode a message of ten fields", unit: "messages",
            ours: Contender(name: "BSONDecoder, \(bson.count) bytes") { count in
                let decoder = BSONDecoder()
                return try sum(count) {
                    try decoder.decode(Paper.self, from: bson).title.utf8.count
                }
            },
            peers: [
                Contender(name: "JSONDecoder, \(json.count) bytes") { count in
                    let decoder = JSONDecoder()
                    return try sum(count) {
                        try decoder.decode(Paper.self, from: json).title.utf8.count
                    }
                },
                Contender(name: "swift-protobuf, \(wire.count) bytes") { count in
                    try sum(count) { try ProtoPaper(serializedBytes: wire).title.utf8.count }
                },
            ])
    }

    private static func sum(_ count: Int, _ body: () throws -> Int) rethrows -> Int {
        var sum = 0
        for _ in 0..<count { sum &+= try body() }
        return sum
    }
}
