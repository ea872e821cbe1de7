/// What somebody was told about an intention, after all attempts.
public enum Told<Value: Sendable>: Sendable {
    /// It was carried out.
    case done(Value)
    /// It was declined, and has no effect.
    case refused(status: Int, code: String)
    /// Nobody said; it may have an effect, or get one later.
    case unknown

    /// The value, when it was carried out.
    public var value: Value? {
        switch self {
        case .done(let value): value
        case .refused, .unknown: nil
        }
    }

    /// The code of a refusal.
    public var code: String? {
        switch self {
        case .refused(_, let code): code
        case .done, .unknown: nil
        }
    }
}

extension Told: Equatable where Value: Equatable {}
extension Told: Hashable where Value: Hashable {}
