/// A variable that the one thread of a simulation and, after it, the test may use.
final class Box<Value>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
}
