import Ports

/// Throws unless `found` equals `expected`.
func expect<Value: Equatable>(
    _ subject: String, _ found: Value, is expected: Value
) throws(ConformanceFailure) {
    guard found != expected else { return }
    throw ConformanceFailure(subject, expected: "\(expected)", found: "\(found)")
}

/// Throws unless `condition` holds.
func expect(_ subject: String, _ condition: Bool) throws(ConformanceFailure) {
    guard !condition else { return }
    throw ConformanceFailure(subject, expected: "true", found: "false")
}

/// Throws unless `body` throws an error that `isExpected` accepts.
func expectError<Failure: Error>(
    _ subject: String, _ expected: String, from body: () async throws(Failure) -> Void,
    where isExpected: (Failure) -> Bool
) async throws(ConformanceFailure) {
    do throws(Failure) {
        try await body()
    } catch {
        guard !isExpected(error) else { return }
        throw ConformanceFailure(subject, expected: expected, found: "\(error)")
    }
    throw ConformanceFailure(subject, expected: expected, found: "no error")
}

/// Throws unless `body` throws `expected`.
func expectError(
    _ subject: String, _ expected: StoreError, from body: () async throws(StoreError) -> Void
) async throws(ConformanceFailure) {
    try await expectError(subject, "\(expected)", from: body) { $0 == expected }
}

/// Throws unless `body` throws that a bound is broken.
func expectLimit(
    _ subject: String, from body: () async throws(StoreError) -> Void
) async throws(ConformanceFailure) {
    try await expectError(subject, "a broken limit", from: body) { error in
        if case .limit = error { true } else { false }
    }
}
