import Foundation
import Platform
import Testing

@testable import ClusterSimulator

struct RunPageTests {
    private let heading = RunPage.Heading(
        scenario: "a <b>", summary: "x & y", replayCommand: "simulate run 'a' --seed 1")

    private func run(
        keeping count: Int = 1000, _ main: @escaping @Sendable (Simulation) async -> Void
    ) -> RunPage {
        var options = SimulationOptions(seed: 1, policy: .random)
        options.recordsTrace = true
        options.recordsJobs = false
        options.traceEventCountMaximum = count
        return RunPage(simulate(options, main), heading)
    }

    /// The data that the page's script reads.
    private func data(_ page: RunPage) throws -> [String: Any] {
        let parts = page.html.components(separatedBy: "type=\"application/json\">")
        let json = try #require(parts.dropFirst().first?.components(separatedBy: "</script>")[0])
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
        return try #require(object as? [String: Any])
    }

    private static let hostile = [
        "</script><script>alert(1)</script>", "<!--<script>", "]]>", "<img src=x onerror=alert(1)>",
        "\"'&\\ \u{0}\u{1F}\n\t\u{2028}\u{2029}", "${1}`", "ⓤ 🦋 \u{202E}",
    ]

    @Test func `no text ends its element, and every text arrives as it was`() throws {
        let page = run { simulation in
            for text in Self.hostile {
                let node = simulation.makeNode(text)
                simulation.record(.init(text), node: node, text)
                simulation.count(text)
                simulation.fail(text, text)
            }
        }
        let html = page.html
        #expect(html.components(separatedBy: "<script").count == 3)
        #expect(html.components(separatedBy: "</script").count == 3)
        #expect(!html.contains("<!--") && !html.contains("<img"))
        let data = try data(page)
        let strings = try #require(data["strings"] as? [String])
        let kinds = try #require(data["kinds"] as? [String])
        let lanes = try #require(data["lanes"] as? [[String]])
        for text in Self.hostile {
            #expect(strings.contains(text))
            #expect(kinds.contains(text))
            #expect(lanes.contains { $0[0] == text })
        }
    }

    @Test func `the heading is text too, and says what was run`() {
        var heading = heading
        heading.plant = "<plant>"
        let report = simulate(SimulationOptions(seed: 77)) { $0.count("calls", by: 5) }
        let html = RunPage(report, heading).html
        #expect(html.contains("<h1>a &lt;b&gt;</h1>"))
        #expect(html.contains("simulate run &#39;a&#39; --seed 1"))
        #expect(html.contains("&lt;plant&gt;"))
        #expect(html.contains(String(report.hash, radix: 16)))
        #expect(html.contains("<th scope=\"row\">calls</th><td>5</td>"))
        #expect(html.contains("verdict held"))
    }

    @Test func `the page asks nothing of any network`() {
        let html = run { $0.fail("invariant", "broken") }.html
        for word in ["http:", "https:", "src=", "@import", "url(", "fetch(", "XMLHttpRequest"] {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(html.contains("default-src 'none'"))
    }

    @Test func `each violation leads to its event, equal ones each to their own`() throws {
        let page = run { simulation in
            for _ in 0..<2 { simulation.fail("invariant", "broken") }
            simulation.record(.note, "between")
            simulation.fail("other", "broken")
        }
        let indexes = page.breaks.map(\.eventIndex)
        #expect(indexes == [1, 2, 4])
        #expect(page.html.contains("data-event=\"4\""))
        #expect(page.html.contains("<caption>Around: other: broken</caption>"))
    }

    @Test func `a page says what was left out, and where`() throws {
        let page = run(keeping: 3) { simulation in
            for number in 0..<10 { simulation.record(.note, "\(number)") }
        }
        #expect(page.html.contains("8 of 11 events are left out"))
        let gaps = try #require(try data(page)["gaps"] as? [[Int]])
        #expect(gaps == [[0, 8]])
        #expect(!run { $0.record(.note, "all") }.html.contains("are left out"))
    }

    @Test func `a page of a run without events is whole`() throws {
        let report = simulate(SimulationOptions(seed: 1)) { _ in }
        let page = RunPage(report, heading)
        #expect(page.html.hasSuffix("</html>\n"))
        #expect(try data(page)["t"] as? [Int] == [])
    }
}
