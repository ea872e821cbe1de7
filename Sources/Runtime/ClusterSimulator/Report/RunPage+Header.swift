extension RunPage {
    /// What was run, what it came to, how to run it again.
    var header: String {
        let verdict = report.verdict
        let facts = facts.map {
            "<div><dt>\($0.0)</dt><dd>\(HTMLText.escaped($0.1))</dd></div>"
        }
        return """
            <header>
            <div class="title">
            <h1>\(HTMLText.escaped(heading.scenario))</h1>
            <strong class="verdict \(verdict.rawValue)">\(Self.words(verdict))</strong>
            <p>\(HTMLText.escaped(heading.summary))</p>
            </div>
            <dl class="facts">\(facts.joined())</dl>
            <p class="replay"><span>Run it again</span> \
            <code id="replay">\(HTMLText.escaped(heading.replayCommand))</code> \
            <button id="copy" type="button">Copy</button></p>
            \(leftOut)
            </header>
            """
    }

    private var facts: [(String, String)] {
        [
            ("seed", "\(report.seed)"), ("policy", "\(report.policy)"),
            ("planted bug", heading.plant ?? "none"), ("ended", Self.words(report.ending)),
            ("virtual time", HTMLText.seconds(report.virtualTime)),
            ("steps", "\(report.stepCount)"), ("choices", "\(report.choiceCount)"),
            ("events", "\(events.count)"), ("hash", String(report.hash, radix: 16)),
        ]
    }

    private var leftOut: String {
        guard leftOutCount > 0 else { return "" }
        return """
            <p class="left-out">\(leftOutCount) of \(leftOutCount + events.count) events are left \
            out: of ordinary events the last \(Self.eventCountMaximum) at most are shown, and all \
            faults and violations.</p>
            """
    }

    /// The list of what was broken; each entry leads to its moment.
    var violations: String {
        let items = breaks.map { item in
            let words =
                "<b>\(HTMLText.escaped(item.name))</b> \(HTMLText.escaped(item.detail)) "
                + "<span class=\"muted\">\(HTMLText.escaped(item.place))</span>"
            guard let index = item.eventIndex else { return "<li>\(words)</li>" }
            return "<li><button type=\"button\" data-event=\"\(index)\">\(words)</button></li>"
        }
        guard !items.isEmpty || report.ending != .finished else { return "" }
        let count = report.violationCount + report.escapeCount
        let more =
            count > breaks.count
            ? "<li class=\"muted\">and \(count - breaks.count) more</li>" : ""
        let waiting = report.unfinishedTasks.map { task in
            "<li><details><summary>never ended: \(HTMLText.escaped(task.name)) on "
                + "\(HTMLText.escaped(task.node))</summary>"
                + "<pre>\(HTMLText.escaped(task.description))</pre></details></li>"
        }
        return """
            <section class="broken" aria-label="What was broken">
            <h2>\(count) broken</h2>
            <ol>\(items.joined())\(more)\(waiting.joined())</ol>
            </section>
            """
    }

    private static func words(_ verdict: Verdict) -> String {
        switch verdict {
        case .held: "all held"
        case .safety: "something happened that must not"
        case .liveness: "something did not happen that must"
        case .nondeterminism: "the run cannot be repeated"
        }
    }

    private static func words(_ ending: Ending) -> String {
        switch ending {
        case .finished: "finished"
        case .deadlock: "deadlock"
        case .stepLimit: "step limit"
        case .timeLimit: "time limit"
        }
    }
}
