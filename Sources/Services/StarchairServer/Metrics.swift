import Synchronization

/// Counts and times of a process, for the operator's monitoring.
///
/// Written as Prometheus reads them (text format 0.0.4). Labels come from fixed lists, never from
/// what a client sent, so that there are few series; beyond ``seriesCountMaximum`` of one metric
/// no further ones are begun.
public final class Metrics: Sendable {
    /// What is measured.
    public struct Metric: Hashable, Sendable {
        enum Kind: String {
            case counter, gauge, histogram
        }

        let name: String
        let help: String
        let kind: Kind
        let labels: [String]

        /// Something that is counted, by labels.
        public static func counter(_ name: String, _ labels: [String], _ help: String) -> Metric {
            Metric(name: name, help: help, kind: .counter, labels: labels)
        }

        /// Something that takes time, in seconds, by labels.
        public static func histogram(
            _ name: String, _ labels: [String], _ help: String
        ) -> Metric {
            Metric(name: name, help: help, kind: .histogram, labels: labels)
        }

        /// Something that has a value at each moment.
        public static func gauge(_ name: String, _ help: String) -> Metric {
            Metric(name: name, help: help, kind: .gauge, labels: [])
        }
    }

    /// Combinations of labels of one metric.
    public static let seriesCountMaximum = 1000
    /// Upper bounds of a histogram's buckets, in seconds; the last has none.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct Histogram {
        var counts = [UInt64](repeating: 0, count: bounds.count + 1)
        var seconds = 0.0
    }

    private struct State {
        var counters: [Metric: [[String]: UInt64]] = [:]
        var histograms: [Metric: [[String]: Histogram]] = [:]
    }

    private let state = Mutex(State())
    private let gauges: [(metric: Metric, value: @Sendable () -> Double?)]

    /// Nothing counted yet.
    ///
    /// - Parameter gauges: are asked whenever the figures are; nil is no value now.
    public init(gauges: [(metric: Metric, value: @Sendable () -> Double?)] = []) {
        self.gauges = gauges
    }

    /// Counts one.
    public func count(_ metric: Metric, _ labels: [String]) {
        precondition(metric.kind == .counter && labels.count == metric.labels.count)
        state.withLock { state in
            guard Self.hasRoom(state.counters[metric], labels) else { return }
            state.counters[metric, default: [:]][labels, default: 0] += 1
        }
    }

    /// Counts one that took so long.
    public func time(_ metric: Metric, _ labels: [String], _ duration: Duration) {
        precondition(metric.kind == .histogram && labels.count == metric.labels.count)
        let seconds = duration / .seconds(1)
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        state.withLock { state in
            guard Self.hasRoom(state.histograms[metric], labels) else { return }
            state.histograms[metric, default: [:]][labels, default: Histogram()]
                .counts[bucket] += 1
            state.histograms[metric]?[labels]?.seconds += seconds
        }
    }

    private static func hasRoom<Value>(_ series: [[String]: Value]?, _ labels: [String]) -> Bool {
        guard let series else { return true }
        return series.count < seriesCountMaximum || series[labels] != nil
    }

    /// All figures, in order of their names and labels.
    public var text: String {
        let (counters, histograms) = state.withLock { ($0.counters, $0.histograms) }
        var blocks: [(name: String, text: String)] = []
        for (metric, series) in counters {
            let lines = series.map { (labels, count) in
                Self.line(metric.name, zip(metric.labels, labels), "\(count)")
            }
            blocks.append((metric.name, Self.block(metric, lines.sorted())))
        }
        for (metric, series) in histograms {
            let lines = series.sorted { $0.key.lexicographicallyPrecedes($1.key) }
                .flatMap { Self.lines(metric, $0.key, $0.value) }
            blocks.append((metric.name, Self.block(metric, lines)))
        }
        for (metric, value) in gauges {
            guard let value = value() else { continue }
            blocks.append((metric.name, Self.block(metric, ["\(metric.name) \(value)"])))
        }
        return blocks.sorted { $0.name < $1.name }.map(\.text).joined()
    }

    private static func block(_ metric: Metric, _ lines: [String]) -> String {
        let head = [
            "# HELP \(metric.name) \(metric.help)", "# TYPE \(metric.name) \(metric.kind.rawValue)",
        ]
        return (head + lines).map { $0 + "\n" }.joined()
    }

    /// A histogram's buckets count all that took no longer than their bound.
    private static func lines(
        _ metric: Metric, _ labels: [String], _ histogram: Histogram
    ) -> [String] {
        let pairs = Array(zip(metric.labels, labels))
        var (lines, sum) = ([String](), UInt64(0))
        for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
            sum += count
            lines.append(line(metric.name + "_bucket", pairs + [("le", bound)], "\(sum)"))
        }
        lines.append(line(metric.name + "_sum", pairs, "\(histogram.seconds)"))
        lines.append(line(metric.name + "_count", pairs, "\(sum)"))
        return lines
    }

    private static func line(
        _ name: String, _ labels: some Sequence<(String, String)>, _ value: String
    ) -> String {
        let pairs = labels.map { label, value in "\(label)=\"\(escaped(value))\"" }
        return "\(name)\(pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") \(value)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}
