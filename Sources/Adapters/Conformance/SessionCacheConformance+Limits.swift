import Ports

extension SessionCacheConformance {
    static let limits: [Check<Subject>] = [
        Check("keys and values up to their bounds are kept, and no longer ones") { subject in
            let key = String(repeating: "k", count: CacheLimits.keyByteCountMaximum)
            let value = [UInt8](repeating: 7, count: CacheLimits.valueByteCountMaximum)
            try await subject.set(key, value)
            try expect("the value", try await subject.cache.value(for: key), is: value)
            try await subject.set("k", [1])
            for wrong in ["", key + "k", String(key.dropLast()) + "é"] {
                try await expectLimit("setting it") { () async throws(CacheError) in
                    try await subject.set(wrong, [])
                }
                try await expectLimit("asking for it") { () async throws(CacheError) in
                    _ = try await subject.cache.value(for: wrong)
                }
                try await expectLimit("removing it") { () async throws(CacheError) in
                    try await subject.cache.remove(wrong)
                }
            }
            try await expectLimit("a long value") { () async throws(CacheError) in
                try await subject.set("k", value + [7])
            }
            try expect("the value", try await subject.cache.value(for: "k"), is: [1])
        },
        Check("a value lives at least a millisecond and at most a month") { subject in
            let maximum = CacheLimits.expiryMaximum
            for wrong in [
                .zero, .nanoseconds(999_999), .seconds(-1), maximum + .nanoseconds(1),
                .seconds(1 << 40),
            ] {
                try await expectLimit("\(wrong)") { () async throws(CacheError) in
                    try await subject.set("a", [1], expiry: wrong)
                }
            }
            try expect("the value", try await subject.cache.value(for: "a"), is: nil)
            try await subject.set("a", [1], expiry: .milliseconds(1))
            try await subject.set("a", [2], expiry: maximum)
            try expect("the value", try await subject.cache.value(for: "a"), is: [2])
        },
    ]

    private static func expectLimit(
        _ subject: String, from body: () async throws(CacheError) -> Void
    ) async throws(ConformanceFailure) {
        try await expectError(subject, "a broken limit", from: body) { error in
            if case .limit = error { true } else { false }
        }
    }
}
