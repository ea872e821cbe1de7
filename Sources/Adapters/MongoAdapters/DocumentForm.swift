import BSON
import Ports

/// How documents and their places in indexes are stored.
///
/// `documents` holds `{_id: {c: collection, i: id}, v: version, k: [place], b: body}`, with a
/// counter `t` that a commit raises when it only depends on the document. `entries` holds one row
/// for each place: `{_id: {c: collection, e: place, d: the document's _id}}`. A place is
/// `{n: index, k: key}`. Both are read by `_id` alone, so neither needs another index.
struct DocumentForm {
    let documents: Namespace
    let entries: Namespace

    init(database: String) {
        documents = Namespace("documents", in: database)
        entries = Namespace("entries", in: database)
    }

    /// A document's `_id`.
    static func documentID(_ key: DocumentKey) -> [UInt8] {
        documentID(key.id, in: key.collection)
    }

    /// A document's `_id`.
    static func documentID(_ id: String, in collection: String) -> [UInt8] {
        FieldWriter.document {
            $0.add("c", collection)
            $0.add("i", id)
        }
    }

    /// A place in an index.
    static func place(_ entry: IndexEntry) -> [UInt8] {
        FieldWriter.document {
            $0.add("n", entry.index)
            $0.add("k", utf8: KeyText(entry.key.bytes).utf8)
        }
    }

    /// The `_id` of a row of `entries`.
    static func entryID(_ place: [UInt8], _ key: DocumentKey) -> [UInt8] {
        FieldWriter.document {
            $0.add("c", key.collection)
            $0.add("e", document: place)
            $0.add("d", document: documentID(key))
        }
    }

    /// Adds a body: as a document where it is one, so that the server's tools can show it, and
    /// otherwise as bytes.
    static func add(body: [UInt8], to fields: inout FieldWriter) {
        do throws(BSONError) {
            _ = try BSONDocument(bytes: body)
            fields.add("b", document: body)
        } catch {
            fields.add("b", binary: body)
        }
    }

    /// The document of a row of `documents`.
    static func document(_ row: ReplyDocument) throws(ReplyError) -> StoredDocument {
        let body = try row.required("b")
        return StoredDocument(
            id: try row.required("_id").document.required("i").text,
            version: try row.required("v").integer,
            body: body.isDocument ? try body.document.copy : Array(try body.binary))
    }
}
