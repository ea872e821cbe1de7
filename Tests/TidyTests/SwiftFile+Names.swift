extension SwiftFile {
    /// What stands for the `$` of a pattern whose words are tokens; nil if it does not match.
    func names(_ pattern: String, at index: Int) -> [String]? {
        let words = pattern.split(separator: " ")
        guard index + words.count <= tokens.count else { return nil }
        var names: [String] = []
        for (word, token) in zip(words, tokens[index...]) {
            if word == "$" {
                names.append(token.text)
            } else if word != token.text {
                return nil
            }
        }
        return names
    }
}
