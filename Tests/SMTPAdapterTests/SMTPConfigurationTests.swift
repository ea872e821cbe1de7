import Platform
import SMTPAdapter
import Testing

/// Settings are checked, and secrets stay where they are.
@Suite struct SMTPConfigurationTests {
    private func isUsable(_ change: (inout SMTPConfiguration) -> Void) -> Bool {
        var configuration = SMTPConfiguration(
            host: "mail.example", security: .startTLS, clientName: "pod.example")
        change(&configuration)
        do throws(ConfigurationError) {
            try configuration.check()
            return true
        } catch {
            return false
        }
    }

    @Test func `settings at their bounds can be used, and none beyond`() {
        for (name, isGood) in [
            ("", false), ("a", true), ("::1", true), ("a b", false), ("a/b", false), ("a@b", false),
            ("a\r\nb", false), ("a#b", false), (String(repeating: "a", count: 253), true),
            (String(repeating: "a", count: 254), false),
        ] {
            #expect(isUsable { $0.host = name } == isGood)
            #expect(isUsable { $0.clientName = name } == isGood)
        }
        for (port, isGood) in [(0, false), (1, true), (65_535, true), (65_536, false)] {
            #expect(isUsable { $0.port = port } == isGood)
        }
        for (text, isGood) in [
            ("", false), ("p", true), ("a\0b", false), (String(repeating: "p", count: 512), true),
            (String(repeating: "p", count: 513), false),
        ] {
            #expect(
                isUsable { $0.credentials = SMTPCredentials(user: "u", password: text) } == isGood)
            #expect(
                isUsable { $0.credentials = SMTPCredentials(user: text, password: "p") } == isGood)
        }
        for wait in [Duration.zero, .microseconds(999), .seconds(600) + .nanoseconds(1)] {
            #expect(!isUsable { $0.timeouts.connect = wait })
            #expect(!isUsable { $0.timeouts.answer = wait })
            #expect(!isUsable { $0.timeouts.letter = wait })
        }
    }

    @Test func `a password is not sent without TLS`() {
        #expect(
            !isUsable {
                $0.security = .none
                $0.credentials = SMTPCredentials(user: "u", password: "p")
            })
    }

    @Test func `each kind of security has its usual port`() {
        let ports = [SMTPConfiguration.Security.startTLS, .implicitTLS, .none].map {
            SMTPConfiguration(host: "h", security: $0, clientName: "c").port
        }
        #expect(ports == [587, 465, 25])
    }

    @Test func `a password stands in no description`() {
        var configuration = SMTPConfiguration(host: "h", security: .startTLS, clientName: "c")
        configuration.credentials = SMTPCredentials(user: "u", password: "open sesame")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("sesame"))
        }
    }
}
