/// What tasks have noted, in the order in which they did.
actor Outcome {
    private(set) var notes: [String] = []

    func note(_ text: String) { notes.append(text) }
}
