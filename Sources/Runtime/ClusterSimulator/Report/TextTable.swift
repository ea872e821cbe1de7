/// Texts by number, each once, in order of first use.
struct TextTable {
    private var texts: [String] = []
    private var indexes: [String: Int] = [:]

    /// The number of a text; a new one gets the next.
    mutating func index(of text: String) -> Int {
        if let index = indexes[text] { return index }
        indexes[text] = texts.count
        texts.append(text)
        return texts.count - 1
    }

    /// The texts as a JSON list.
    var json: String { "[" + texts.map(HTMLText.json).joined(separator: ",") + "]" }
}
