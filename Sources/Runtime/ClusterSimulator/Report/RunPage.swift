import Platform

/// One run as a page for people: a picture of its messages, faults and writes, its violations and
/// the events around them, in one HTML file that asks nothing of any network.
///
/// The run's options ask for a trace (``SimulationOptions/recordsTrace``).
public struct RunPage {
    /// What a report does not know of its run.
    public struct Heading: Sendable {
        /// The scenario's name.
        public var scenario: String
        /// What happens in it, in a sentence.
        public var summary: String
        /// The planted bug, if there is one.
        public var plant: String?
        /// The command that runs it again.
        public var replayCommand: String

        /// Describes a run without a planted bug.
        public init(scenario: String, summary: String, replayCommand: String) {
            self.scenario = scenario
            self.summary = summary
            self.replayCommand = replayCommand
        }
    }

    /// The number of events, and of faults and violations besides, of which a page shows the last.
    public static let eventCountMaximum = 200_000

    let report: SimulationReport
    let heading: Heading
    /// What is shown of the trace.
    let events: [TraceEvent]

    /// The page of a run.
    public init(_ report: SimulationReport, _ heading: Heading) {
        self.report = report
        self.heading = heading
        var ring = TraceRing()
        for event in report.trace { ring.add(event, keeping: Self.eventCountMaximum) }
        events = ring.events
    }

    /// The whole page, in UTF-8 when it is written to a file.
    public var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="\(Self.contentPolicy)">
        <title>\(HTMLText.escaped(title))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <div class="app">
        \(header)
        \(violations)
        \(picture)
        </div>
        \(tables)
        <script id="trace" type="application/json">\(TraceData(events).json)</script>
        <script>
        \(Self.script)
        </script>
        </body>
        </html>

        """
    }

    /// Nothing is loaded from anywhere: what the page needs stands in it.
    private static let contentPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

    private var title: String {
        "\(heading.scenario), seed \(report.seed): \(report.verdict.rawValue)"
    }

    /// The number of the run's events that are not shown.
    var leftOutCount: Int { (events.last.map { $0.ordinal + 1 } ?? 0) - events.count }

    private static let script = [
        scriptModel, scriptAxis, scriptDrawing, scriptMarks, scriptInput, scriptControls,
    ].joined(separator: "\n")
}
