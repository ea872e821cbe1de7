import Platform
import Ports
import RabbitMQAdapter
import Testing

/// Settings are checked, and secrets stay where they are.
@Suite struct RabbitMQConfigurationTests {
    private func configuration() -> RabbitMQConfiguration {
        RabbitMQConfiguration(
            host: "localhost",
            credentials: RabbitMQCredentials(user: "u", password: "open sesame"))
    }

    private func isUsable(_ change: (inout RabbitMQConfiguration) -> Void) -> Bool {
        var configuration = configuration()
        change(&configuration)
        do throws(ConfigurationError) {
            try configuration.check()
            return true
        } catch {
            return false
        }
    }

    private func text(_ count: Int) -> String { String(repeating: "a", count: count) }

    @Test func `places at their bounds can be used, and none beyond`() {
        for (count, isGood) in [(0, false), (1, true), (253, true), (254, false)] {
            #expect(isUsable { $0.host = text(count) } == isGood)
        }
        for (port, isGood) in [(0, false), (1, true), (65_535, true), (65_536, false)] {
            #expect(isUsable { $0.port = port } == isGood)
        }
        for (count, isGood) in [(0, false), (1, true), (255, true), (256, false)] {
            #expect(isUsable { $0.virtualHost = text(count) } == isGood)
        }
        for (count, isGood) in [(0, false), (1, true), (32, true), (33, false)] {
            #expect(isUsable { $0.namePrefix = text(count) } == isGood)
        }
        #expect(!isUsable { $0.namePrefix = "amq.x" })
        for (count, isGood) in [(0, false), (1, true), (512, true), (513, false)] {
            #expect(
                isUsable {
                    $0.credentials = RabbitMQCredentials(user: "u", password: text(count))
                } == isGood)
            #expect(
                isUsable {
                    $0.credentials = RabbitMQCredentials(user: text(count), password: "p")
                } == isGood)
        }
    }

    @Test func `bounds and times at their limits can be used, and none beyond`() {
        for (count, isGood) in [(0, false), (1, true), (65_536, true), (65_537, false)] {
            #expect(isUsable { $0.publicationCountMaximum = count } == isGood)
        }
        let maximum = BusLimits.queueCountMaximum
        for (count, isGood) in [(0, false), (1, true), (maximum, true), (maximum + 1, false)] {
            #expect(isUsable { $0.bounds.eventCountMaximum = count } == isGood)
            #expect(isUsable { $0.bounds.deadLetterCountMaximum = count } == isGood)
        }
        for wait in [Duration.zero, .microseconds(999), .seconds(60) + .nanoseconds(1)] {
            #expect(!isUsable { $0.timeouts.connect = wait })
            #expect(!isUsable { $0.timeouts.confirm = wait })
            #expect(!isUsable { $0.timeouts.restMaximum = wait })
            #expect(!isUsable { $0.timeouts.heartbeat = wait })
        }
        #expect(!isUsable { $0.timeouts.heartbeat = .milliseconds(999) })
        #expect(isUsable { $0.timeouts.heartbeat = .seconds(1) })
    }

    @Test func `the bounds of a queue and of its dead letters are those of the port together`() {
        let bounds = configuration().bounds
        #expect(
            bounds.eventCountMaximum + bounds.deadLetterCountMaximum
                == BusLimits.queueCountMaximum)
        #expect(
            bounds.eventByteCountMaximum + bounds.deadLetterByteCountMaximum
                == BusLimits.queueByteCountMaximum)
    }

    @Test func `an error names the setting and its rule`() {
        var configuration = configuration()
        configuration.port = 0
        let error = #expect(throws: ConfigurationError.self) {
            try configuration.check()
        }
        #expect(error.map(String.init(describing:)) == "RabbitMQ: the port must be 1 to 65535")
    }

    @Test func `a password stands in no description`() {
        var dumped = ""
        dump(configuration(), to: &dumped)
        for text in ["\(configuration())", String(reflecting: configuration()), dumped] {
            #expect(!text.contains("sesame"))
        }
    }
}
