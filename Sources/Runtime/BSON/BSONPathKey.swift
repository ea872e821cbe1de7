/// One step of a coding path rebuilt from the bytes.
struct BSONPathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        self.intValue = nil
    }

    init(intValue: Int) {
        self.stringValue = String(intValue)
        self.intValue = intValue
    }

    /// The key under which classes store what their superclass encodes.
    static let superclass = BSONPathKey(stringValue: "super")
}
