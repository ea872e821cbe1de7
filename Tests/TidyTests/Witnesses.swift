/// What protocols ask for: a declaration that answers one of them promises what the protocol says.
struct Witnesses {
    /// The names that each protocol requires.
    private var requirements: [String: Set<String>] = [
        "CaseIterable": ["allCases"],
        "Codable": ["encode", "init(from"],
        "Comparable": ["<"],
        "CustomStringConvertible": ["description"],
        "Decodable": ["init(from"],
        "Encodable": ["encode"],
        "Equatable": ["=="],
        "ExpressibleByArrayLiteral": ["init(arrayLiteral"],
        "ExpressibleByDictionaryLiteral": ["init(dictionaryLiteral"],
        "ExpressibleByIntegerLiteral": ["init(integerLiteral"],
        "ExpressibleByStringLiteral": ["init(stringLiteral"],
        "Hashable": ["==", "hash"],
        "IteratorProtocol": ["next"],
        "Sequence": ["makeIterator"],
        "SerialExecutor": ["enqueue", "checkIsolated", "asUnownedSerialExecutor"],
        "TaskExecutor": ["enqueue", "asUnownedTaskExecutor"],
    ]

    /// Knows the standard library's protocols and those that `files` declare.
    init(_ files: [SwiftFile]) {
        for file in files {
            for index in file.tokens.indices where file.tokens[index].text == "protocol" {
                add(protocolAt: index, in: file.tokens)
            }
        }
    }

    /// Whether a declaration of this name answers a protocol that the file speaks of.
    func contain(_ name: String, in file: SwiftFile) -> Bool {
        let words = Set(file.tokens.map(\.text))
        return requirements.contains { words.contains($0.key) && $0.value.contains(name) }
    }

    private mutating func add(protocolAt index: Int, in tokens: [Token]) {
        guard let name = tokens[index...].dropFirst().first?.text,
            let open = tokens[index...].firstIndex(where: { $0.text == "{" })
        else { return }
        var depth = 0
        for position in tokens.indices[open...] {
            depth += tokens[position].text == "{" ? 1 : tokens[position].text == "}" ? -1 : 0
            if depth == 0 { return }
            if ["func", "var", "init", "subscript"].contains(tokens[position].text) {
                let requirement = Declaration.name(from: position, in: tokens)
                requirements[name, default: []].formUnion(requirement.map { [$0] } ?? [])
            }
        }
    }
}
