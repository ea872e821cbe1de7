/// The Codable shapes that a wire frame or stored document can take.
struct EveryScalar: Codable, Equatable {
    var bool = true
    var string = "text with é and 🐻"
    var double = -0.1
    var float: Float = 1.1
    var int = Int.min
    var int8 = Int8.min
    var int16 = Int16.min
    var int32 = Int32.min
    var int64 = Int64.max
    var uint = UInt(Int64.max)
    var uint8 = UInt8.max
    var uint16 = UInt16.max
    var uint32 = UInt32.max
    var uint64: UInt64 = 0
    var bytes: [UInt8] = [0, 1, 255]
    var none: String?
    var some: Int? = 3
}

struct Point: Codable, Hashable {
    var x: Int
    var y: Int
}

struct Nested: Codable, Equatable {
    var point = Point(x: 1, y: 2)
    var points = [Point(x: 3, y: 4), Point(x: 5, y: 6)]
    var grid = [[1, 2], [], [3]]
    var blobs: [[UInt8]] = [[], [1, 2, 3]]
    var texts: [String?] = ["a", nil, "b"]
    var named = ["one": Point(x: 1, y: 1), "": Point(x: 0, y: 0)]
    var numbered = [7: "seven", -1: "minus one"]
    var paired = [Point(x: 1, y: 0): "x", Point(x: 0, y: 1): "y"]
    var bytesByName: [String: [UInt8]] = ["b": [1]]
    var empty: [String: Int] = [:]
    var deep: [String: [String: [Int?]]] = ["a": ["b": [1, nil]]]
    var state = State.waiting
    var states = [State.waiting, .running(step: 3), .failed("why", code: 7)]
}

enum State: Codable, Equatable {
    case waiting
    case running(step: Int)
    case failed(String, code: Int)
}

struct Empty: Codable, Equatable {}

indirect enum Tree: Codable, Equatable {
    case leaf
    case node(Tree)

    static func depth(_ depth: Int) -> Tree {
        (0..<depth).reduce(.leaf) { tree, _ in .node(tree) }
    }
}

class Animal: Codable {
    var name: String

    init(name: String) {
        self.name = name
    }
}

final class Dog: Animal {
    var tricks: [String]

    private enum CodingKeys: CodingKey {
        case tricks
    }

    init(name: String, tricks: [String]) {
        self.tricks = tricks
        super.init(name: name)
    }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        tricks = try container.decode([String].self, forKey: .tricks)
        try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try super.encode(to: container.superEncoder())
        try container.encode(tricks, forKey: .tricks)
    }
}

/// Writes through every rare method of the containers, in an order that needs splicing.
struct HandWritten: Codable, Equatable {
    var values = [1, 2, 3]

    private enum CodingKeys: CodingKey {
        case before, inner, list, after
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let inner = try container.nestedContainer(keyedBy: CodingKeys.self, forKey: .inner)
        var list = try container.nestedUnkeyedContainer(forKey: .list)
        var lists = try list.nestedUnkeyedContainer()
        let item = try list.nestedContainer(keyedBy: CodingKeys.self)
        values = [
            try inner.decode(Int.self, forKey: .after), try lists.decode(Int.self),
            try item.decode(Int.self, forKey: .before),
        ]
        guard try list.decodeNil(), list.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: list, debugDescription: "list goes on")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("before", forKey: .before)
        var inner = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .inner)
        var list = container.nestedUnkeyedContainer(forKey: .list)
        try container.encodeNil(forKey: .after)
        var lists = list.nestedUnkeyedContainer()
        var item = list.nestedContainer(keyedBy: CodingKeys.self)
        try list.encodeNil()
        try item.encode(values[2], forKey: .before)
        try lists.encode(values[1])
        try inner.encode(values[0], forKey: .after)
    }
}
