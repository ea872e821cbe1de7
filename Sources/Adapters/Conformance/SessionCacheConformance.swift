import Platform
import Ports

/// What every ``SessionCache`` promises while nothing goes wrong.
public enum SessionCacheConformance {
    /// A cache to be checked.
    public struct Subject: Sendable {
        /// The cache; it is empty.
        public let cache: any SessionCache
        /// The same cache as another process sees it.
        public let other: any SessionCache
        /// The platform that the cache was given.
        public let platform: Platform

        /// Describes an empty cache.
        ///
        /// - Parameter other: another connection to it; nil when there is only one.
        public init(
            _ cache: any SessionCache, other: (any SessionCache)? = nil, platform: Platform
        ) {
            self.cache = cache
            self.other = other ?? cache
            self.platform = platform
        }
    }

    /// All checks, each for a fresh subject.
    public static let checks: [Check<Subject>] = values + limits + expiry

    private static let values: [Check<Subject>] = [
        Check("a key that was never set has no value") { subject in
            try expect("the value", try await subject.cache.value(for: "a"), is: nil)
            try await subject.cache.remove("a")
            try expect("the value", try await subject.cache.value(for: "a"), is: nil)
        },
        Check("a value comes back as it was set, to every process") { subject in
            let all = (0...255).map(UInt8.init)
            for value in [[], [0], all, Array("Grüße \r\n 日本語".utf8)] {
                try await subject.set("a", value)
                try expect("the value", try await subject.cache.value(for: "a"), is: value)
                try expect("elsewhere", try await subject.other.value(for: "a"), is: value)
            }
        },
        Check("a value that was removed is gone, for every process") { subject in
            try await subject.set("a", [1])
            try await subject.set("b", [2])
            try await subject.other.remove("a")
            try await subject.other.remove("a")
            try expect("the value", try await subject.cache.value(for: "a"), is: nil)
            try expect("elsewhere", try await subject.other.value(for: "a"), is: nil)
            try expect("another value", try await subject.cache.value(for: "b"), is: [2])
            try await subject.set("a", [3])
            try expect("the value", try await subject.cache.value(for: "a"), is: [3])
        },
        Check("keys are compared byte by byte") { subject in
            let keys = [
                "a", "A", " a", "a ", "a\0", "a\r\nb", "\u{E9}", "e\u{301}", "日本語 😀", "*", "a*",
                "\"", "%s", "{a}", "$0",
            ]
            for (number, key) in keys.enumerated() {
                try await subject.set(key, [UInt8(number)])
            }
            for (number, key) in keys.enumerated() {
                let value = try await subject.cache.value(for: key)
                try expect("the value of \(key.debugDescription)", value, is: [UInt8(number)])
            }
        },
        Check("tasks that use it at the same time disturb none of the others") { subject in
            _ = try await subject.platform.tasks.together(20) { number in
                for round in 0..<10 {
                    let value = [UInt8(number), UInt8(round)]
                    try await subject.set("\(number)", value)
                    let found = try await subject.cache.value(for: "\(number)")
                    try expect("the value of \(number)", found, is: value)
                }
                if number % 2 == 0 { try await subject.cache.remove("\(number)") }
            }
            for number in 0..<20 {
                let found = try await subject.other.value(for: "\(number)")
                try expect("\(number)", found, is: number % 2 == 0 ? nil : [UInt8(number), 9])
            }
        },
    ]

    private static let expiry: [Check<Subject>] = [
        Check("a value is gone when its time is over, and others are not") { subject in
            try await subject.set("short", [1], expiry: .milliseconds(150))
            try await subject.set("long", [2], expiry: .seconds(3600))
            try await subject.platform.clock.sleep(for: .milliseconds(400))
            try expect("the value", try await subject.cache.value(for: "short"), is: nil)
            try expect("elsewhere", try await subject.other.value(for: "short"), is: nil)
            try expect("the other", try await subject.cache.value(for: "long"), is: [2])
        },
        Check("setting a value again begins a new life") { subject in
            try await subject.set("longer", [1], expiry: .milliseconds(150))
            try await subject.set("longer", [2], expiry: .seconds(3600))
            try await subject.set("shorter", [1], expiry: .seconds(3600))
            try await subject.set("shorter", [2], expiry: .milliseconds(150))
            try await subject.platform.clock.sleep(for: .milliseconds(400))
            try expect("longer", try await subject.cache.value(for: "longer"), is: [2])
            try expect("shorter", try await subject.cache.value(for: "shorter"), is: nil)
        },
    ]
}

extension SessionCacheConformance.Subject {
    func set(
        _ key: String, _ value: [UInt8], expiry: Duration = .seconds(3600)
    ) async throws(CacheError) {
        try await cache.set(value, for: key, expiry: expiry)
    }
}
