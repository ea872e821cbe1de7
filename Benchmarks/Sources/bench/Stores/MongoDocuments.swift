import BSON
import CMongo

/// Documents of libbson in the form of ``MongoDocumentStore``, as far as they can be built before
/// the work: they live as long as the process.
struct MongoDocuments: @unchecked Sendable {
    /// For each document its `_id`, the condition on it and its places in indexes.
    let ids: [OpaquePointer]
    let filters: [OpaquePointer]
    let places: [OpaquePointer]
    /// For each group the pipeline that finds its page.
    let pipelines: [OpaquePointer]
    let body: OpaquePointer
    let getOptions: OpaquePointer
    let pageOptions: OpaquePointer
    let versionOptions: OpaquePointer

    /// The server's time for one command, as in `MongoConfiguration`.
    static let timeMilliseconds: Int64 = 5000

    init(_ contents: StoreContents) throws {
        let numbers = 0..<StoreContents.documentCount
        ids = try numbers.map { try Self.make(Self.id($0)) }
        filters = try numbers.map { try Self.make(["_id": Self.nested(Self.id($0))]) }
        places = try numbers.map { number in
            let place = Self.place(Self.text(StoreContents.key(number).bytes))
            return try Self.make(["0": Self.nested(place)])
        }
        pipelines = try (0..<StoreContents.groupCount).map(Self.pipeline)
        body = try Self.make(contents.body)
        getOptions = try Self.snapshot(["projection": Self.nested(["k": .bool(false)])], 2)
        pageOptions = try Self.snapshot([:], StoreContents.pageCount + 1)
        versionOptions = try Self.make([
            "maxTimeMS": .int64(Self.timeMilliseconds),
            "projection": Self.nested(["v": .bool(true), "k": .bool(true)]),
            "batchSize": .int64(2),
        ])
    }

    private static func pipeline(group: Int) throws -> OpaquePointer {
        let prefix = text(StoreContents.prefix(group: group).bytes)
        let limit = StoreContents.pageCount + 1
        return try make([
            "pipeline": .array([
                nested([
                    "$match": nested([
                        "_id": nested([
                            "$gte": nested(bound(prefix)), "$lt": nested(bound(prefix + "\u{100}")),
                        ])
                    ])
                ]),
                nested(["$sort": nested(["_id": .int64(1)])]),
                nested(["$limit": .int64(Int64(limit))]),
                nested([
                    "$lookup": nested([
                        "from": .string("documents"), "localField": .string("_id.d"),
                        "foreignField": .string("_id"), "as": .string("f"),
                    ])
                ]),
            ])
        ])
    }

    private static func snapshot(
        _ fields: KeyValuePairs<String, BSONValue>, _ batchCount: Int
    ) throws -> OpaquePointer {
        let concern = try nested(["level": .string("snapshot")])
        var elements = fields.map { BSONDocument.Element(key: $0.key, value: $0.value) }
        elements.append(.init(key: "maxTimeMS", value: .int64(timeMilliseconds)))
        elements.append(.init(key: "readConcern", value: concern))
        elements.append(.init(key: "batchSize", value: .int64(Int64(batchCount))))
        return try make(BSONDocument(elements: elements).bytes)
    }
}

extension MongoDocuments {
    private static func id(_ number: Int) -> KeyValuePairs<String, BSONValue> {
        ["c": .string(StoreContents.collection), "i": .string(StoreContents.id(number))]
    }

    private static func place(_ key: String) -> KeyValuePairs<String, BSONValue> {
        ["n": .string(StoreContents.index), "k": .string(key)]
    }

    private static func bound(_ key: String) throws -> KeyValuePairs<String, BSONValue> {
        ["c": .string(StoreContents.collection), "e": try nested(place(key))]
    }

    /// A key's bytes as the store writes them: each the character of its number.
    private static func text(_ key: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: key.map { Unicode.Scalar($0) })
        return String(text)
    }

    private static func nested(_ fields: KeyValuePairs<String, BSONValue>) throws -> BSONValue {
        .document(try document(fields))
    }

    private static func document(
        _ fields: KeyValuePairs<String, BSONValue>
    ) throws -> BSONDocument {
        try BSONDocument(elements: fields.map { .init(key: $0.key, value: $0.value) })
    }

    private static func make(_ fields: KeyValuePairs<String, BSONValue>) throws -> OpaquePointer {
        try make(document(fields).bytes)
    }

    private static func make(_ bytes: [UInt8]) throws -> OpaquePointer {
        guard let document = bson_new_from_data(bytes, bytes.count) else {
            throw PeerFailure("libbson takes the document for none")
        }
        return document
    }
}
