extension RunPage {
    /// The controls, the canvas and what stands beside it.
    var picture: String {
        """
        <div class="tools" role="toolbar" aria-label="The picture">
        <input id="filter" type="search" placeholder="Filter: words, node:…, kind:…, text:…" \
        aria-label="Filter events">
        <span id="chips"></span>
        <span class="end"><span id="shown" class="muted" role="status"></span>
        <button type="button" data-key="k" title="k">◀ Fault</button>
        <button type="button" data-key="j" title="j">Fault ▶</button>
        <button type="button" id="axis" data-key="a" \
        title="a: one row for each event, or true virtual time">Axis: order</button>
        <button type="button" data-key="-" title="-" aria-label="Zoom out">−</button>
        <button type="button" data-key="+" title="+" aria-label="Zoom in">+</button>
        <button type="button" data-key="0" title="0">Fit</button></span>
        </div>
        <main>
        <div class="stage">
        <div class="heads"><div id="heads"></div></div>
        <div id="scroller" tabindex="0" role="application" \
        aria-label="The run, time downwards, a lane for each node. Arrow keys go from event to \
        event, j and k from fault to fault. The tables below hold the events around each break.">
        <canvas id="canvas"></canvas><div id="spacer"></div></div>
        <div class="overview"><canvas id="overview"></canvas><div id="window"></div></div>
        <div id="tip" hidden></div>
        <noscript><p>The picture is drawn by a script; the tables below need none.</p></noscript>
        </div>
        <aside>
        <section aria-label="The selected event"><h2>Event</h2>
        <div id="details" data-empty="Click an event, or walk with ↑ and ↓."></div></section>
        \(legend)
        \(counters)
        </aside>
        </main>
        <p id="told" class="unseen" role="status"></p>
        """
    }

    private var legend: String {
        let arrows = [
            ("request", "request"), ("answer", "answer"), ("duplicate", "duplicate"),
            ("late", "late answer"), ("failure", "failure"), ("lost", "lost ✕"),
            ("read", "read"), ("write", "write"), ("cancellation", "nobody waits"),
        ].map { "<li><i class=\"arrow\" style=\"--c: var(--\($0.0))\"></i>\($0.1)</li>" }
        let bands = ["crashed", "paused", "away", "cut"].map {
            "<li><i class=\"band\" style=\"--c: var(--\($0))\"></i>\($0)</li>"
        }
        return """
            <section aria-label="Key"><h2>Key</h2>
            <ul class="legend">\(arrows.joined())\(bands.joined())\
            <li><i style="color: var(--fault)">◆</i>fault</li>\
            <li><i style="color: var(--violation)">●</i>violation</li>\
            <li><i style="color: var(--write)">■</i>write</li>\
            <li><i style="color: var(--failure)">□</i>conflict, refusal</li>\
            <li><i style="color: var(--fault)">◷</i>timeout</li>\
            <li><i style="color: var(--note)">●</i>note</li></ul>
            <p class="muted"><kbd>j</kbd> <kbd>k</kbd> faults, <kbd>n</kbd> <kbd>p</kbd> \
            violations, <kbd>↑</kbd> <kbd>↓</kbd> events, <kbd>e</kbd> other end, <kbd>+</kbd> \
            <kbd>−</kbd> <kbd>0</kbd> or Ctrl and wheel: zoom, <kbd>a</kbd> axis, <kbd>/</kbd> \
            filter. A lane's name shows that lane alone.</p></section>
            """
    }

    private var counters: String {
        let rows = report.counters.map { counter in
            "<tr><th scope=\"row\">\(HTMLText.escaped(counter.name))</th>"
                + "<td>\(counter.count)</td></tr>"
        }
        return """
            <section aria-label="What was counted"><h2>Drawn and counted</h2>
            <table class="counters"><tbody>\(rows.joined())</tbody></table></section>
            """
    }
}
