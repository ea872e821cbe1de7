/// A key with its value, in the catalogue.
struct ConsulEntry: Hashable {
    /// The longest value, in bytes.
    static let valueByteCountMaximum = 512 << 10

    let key: String
    var value: [UInt8]
    var flags: Int64 = 0
    var session: String?
    var lockIndex: Int64 = 0
    let createIndex: UInt64
    var modifyIndex: UInt64

    var json: ConsulJSON {
        var members: [(String, ConsulJSON)] = [
            ("LockIndex", .number(lockIndex)), ("Key", .string(key)), ("Flags", .number(flags)),
            ("Value", value.isEmpty ? .null : .string(Base64.text(value))),
        ]
        if let session { members.append(("Session", .string(session))) }
        members.append(("CreateIndex", .number(Int64(createIndex))))
        members.append(("ModifyIndex", .number(Int64(modifyIndex))))
        return .object(members.map { .init(name: $0.0, value: $0.1) })
    }
}
