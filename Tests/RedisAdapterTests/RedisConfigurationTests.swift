import ClusterNetwork
import Platform
import RedisAdapter
import Testing

/// Settings are checked, and secrets stay where they are.
@Suite struct RedisConfigurationTests {
    private func isUsable(_ change: (inout RedisConfiguration) -> Void) -> Bool {
        var configuration = RedisConfiguration(host: "localhost")
        change(&configuration)
        do throws(ConfigurationError) {
            try configuration.check()
            return true
        } catch {
            return false
        }
    }

    @Test func `settings at their bounds can be used, and none beyond`() {
        for (host, isGood) in [
            ("", false), ("a", true), (String(repeating: "a", count: 253), true),
            (String(repeating: "a", count: 254), false), ("a\0b", false),
        ] {
            #expect(isUsable { $0.host = host } == isGood)
        }
        for (port, isGood) in [(0, false), (1, true), (65_535, true), (65_536, false)] {
            #expect(isUsable { $0.port = port } == isGood)
        }
        for (number, isGood) in [(-1, false), (0, true), (16_383, true), (16_384, false)] {
            #expect(isUsable { $0.database = number } == isGood)
        }
        for (count, isGood) in [(0, false), (1, true), (65_536, true), (65_537, false)] {
            #expect(isUsable { $0.requestCountMaximum = count } == isGood)
        }
        for (count, isGood) in [(0, true), (64, true), (65, false)] {
            #expect(isUsable { $0.keyPrefix = String(repeating: "k", count: count) } == isGood)
        }
        for (count, isGood) in [(0, false), (1, true), (512, true), (513, false)] {
            let text = String(repeating: "p", count: count)
            #expect(isUsable { $0.credentials = RedisCredentials(password: text) } == isGood)
            #expect(
                isUsable { $0.credentials = RedisCredentials(user: text, password: "p") }
                    == isGood)
        }
        for wait in [Duration.zero, .microseconds(999), .seconds(60) + .nanoseconds(1)] {
            #expect(!isUsable { $0.timeouts.connect = wait })
            #expect(!isUsable { $0.timeouts.operation = wait })
            #expect(!isUsable { $0.timeouts.restMaximum = wait })
        }
    }

    @Test func `an error names the setting and its rule`() {
        var configuration = RedisConfiguration(host: "localhost")
        configuration.port = 0
        let error = #expect(throws: ConfigurationError.self) { try configuration.check() }
        #expect(error.map(String.init(describing:)) == "Redis: the port must be 1 to 65535")
    }

    @Test func `a password stands in no description`() {
        var configuration = RedisConfiguration(host: "localhost")
        configuration.credentials = RedisCredentials(user: "u", password: "open sesame")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("sesame"))
        }
    }
}
