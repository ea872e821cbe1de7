import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import StarchairServer

/// What an operator's monitoring reads.
struct MetricsTests {
    private static let calls = Metrics.Metric.counter("calls_total", ["service", "end"], "Calls.")
    private static let times = Metrics.Metric.histogram("call_seconds", ["service"], "Times.")

    @Test func `counts stand by their labels, in order, each metric with its help and type`() {
        let metrics = Metrics(gauges: [
            (.gauge("load", "Load."), { 0.5 }), (.gauge("a", ""), { nil }),
        ])
        #expect(metrics.text == "# HELP load Load.\n# TYPE load gauge\nload 0.5\n")
        for end in ["refused", "done", "done"] { metrics.count(Self.calls, ["S", end]) }
        #expect(
            metrics.text == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{service="S",end="done"} 2
                calls_total{service="S",end="refused"} 1
                # HELP load Load.
                # TYPE load gauge
                load 0.5

                """)
    }

    @Test func `a bucket counts what took no longer than its bound`() {
        let metrics = Metrics()
        for seconds in [0, 0.005, 0.006, 10, 11] {
            metrics.time(Self.times, ["S"], .seconds(seconds))
        }
        let lines = metrics.text.split(separator: "\n")
        func bucket(_ bound: String, _ count: Int) -> Bool {
            lines.contains("call_seconds_bucket{service=\"S\",le=\"\(bound)\"} \(count)")
        }
        #expect(bucket("0.005", 2) && bucket("0.01", 3) && bucket("5.0", 3), "\(lines)")
        #expect(bucket("10.0", 4) && bucket("+Inf", 5), "\(lines)")
        #expect(lines.contains("call_seconds_sum{service=\"S\"} 21.011"), "\(lines)")
        #expect(lines.contains("call_seconds_count{service=\"S\"} 5"), "\(lines)")
    }

    @Test func `what is in a label cannot end it`() {
        let metrics = Metrics()
        metrics.count(Self.calls, ["a\"} 1\nb", "\\"])
        #expect(metrics.text.contains("calls_total{service=\"a\\\"} 1\\nb\",end=\"\\\\\"} 1\n"))
    }

    @Test func `series are bounded, and those that are there go on`() {
        let metrics = Metrics()
        for number in 0...Metrics.seriesCountMaximum {
            metrics.count(Self.calls, ["\(number)", "x"])
        }
        metrics.count(Self.calls, ["0", "x"])
        #expect(metrics.text.split(separator: "\n").count == Metrics.seriesCountMaximum + 2)
        #expect(metrics.text.contains("calls_total{service=\"0\",end=\"x\"} 2\n"))
    }

    @Test(arguments: [true, false])
    func `a process that does not serve is alive and not ready`(_ isReady: Bool) async throws {
        let metrics = Metrics()
        metrics.count(Self.calls, ["S", "done"])
        let server = OperatorServer(
            host: "127.0.0.1", port: 0, metrics: metrics, logger: Logger(label: "test")
        ) { isReady }
        let responder = server.router.buildResponder()
        func status(_ path: String) async throws -> Int {
            let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: path)
            let context = BasicRequestContext(
                source: .init(channel: EmbeddedChannel(), logger: Logger(label: "test")))
            return try await responder.respond(
                to: Request(head: head, body: .init(buffer: .init())), context: context
            ).status.code
        }
        #expect(try await status("/health") == 200)
        #expect(try await status("/ready") == (isReady ? 200 : 503))
        #expect(try await status("/metrics") == 200)
        #expect(try await status("/api/user/check") == 404)
    }
}
