extension RunPage {
    /// How the page looks, in light and in dark, on a screen and on paper.
    static let style = #"""
        :root { --page: #ffffff; --panel: #f5f6f8; --ink: #1b2330; --muted: #667085;
          --line: #d7dce4;
          --request: #2563eb; --answer: #15803d; --duplicate: #9333ea; --late: #b45309;
          --failure: #dc2626; --lost: #e11d48; --cancellation: #64748b; --read: #8794a8;
          --write: #0f766e; --fault: #c2570c; --violation: #d11a2a; --note: #0369a1;
          --paused: #d99e00; --away: #ea7317; --cut: #9d4edd; --crashed: #d11a2a; --select: #2563eb;
          --held: #15803d; }
        @media (prefers-color-scheme: dark) { :root { --page: #12161d; --panel: #1a2029;
          --ink: #e6e9ef; --muted: #95a1b3; --line: #303947; --request: #6ea8ff; --answer: #56d08a;
          --duplicate: #c98bff; --late: #f0b25a; --failure: #ff7b7b; --lost: #ff6b8b;
          --cancellation: #8b98ab; --read: #74829a; --write: #3fd0bd; --fault: #ff9a4d;
          --violation: #ff5a67; --note: #5cc0f5; --paused: #f2c744; --away: #ff9a4d; --cut: #c98bff;
          --crashed: #ff5a67; --select: #6ea8ff; --held: #56d08a; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 14px/1.45 system-ui, sans-serif; }
        h1 { font-size: 19px; margin: 0; }
        h2 { font-size: 12px; margin: 0 0 6px; text-transform: uppercase; letter-spacing: .05em;
          color: var(--muted); }
        h3 { font-size: 13px; margin: 10px 0 4px; }
        p { margin: 0; }
        button, input { font: inherit; color: inherit; background: var(--page); padding: 3px 9px;
          border: 1px solid var(--line); border-radius: 6px; }
        button { cursor: pointer; }
        button:hover { border-color: var(--select); }
        :focus-visible { outline: 2px solid var(--select); outline-offset: 1px; }
        code, pre { font-family: ui-monospace, monospace; font-size: 12.5px; }
        .muted { color: var(--muted); }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); }
        .app { height: 100vh; min-height: 620px; display: flex; flex-direction: column; }
        header { padding: 12px 16px 10px; display: grid; gap: 7px;
          border-bottom: 1px solid var(--line); }
        .title { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; }
        .title p { color: var(--muted); }
        .verdict { color: #fff; background: var(--crashed); border-radius: 99px; padding: 1px 11px;
          font-size: 13px; }
        .verdict.held { background: var(--held); }
        @media (prefers-color-scheme: dark) { .verdict { color: #12161d; } }
        .facts { display: flex; flex-wrap: wrap; gap: 3px 22px; margin: 0; }
        .facts div { display: flex; gap: 6px; }
        .facts dt { color: var(--muted); }
        .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
        .replay { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
        .replay span { color: var(--muted); }
        .replay code { background: var(--panel); padding: 3px 8px; border-radius: 6px; }
        .left-out { background: color-mix(in srgb, var(--paused) 18%, transparent);
          padding: 4px 10px;
          border-radius: 6px; }
        .broken { padding: 8px 16px; border-bottom: 1px solid var(--line); max-height: 24vh;
          overflow: auto; flex: none;
          background: color-mix(in srgb, var(--violation) 9%, transparent); }
        .broken h2 { color: var(--violation); margin-bottom: 3px; }
        .broken ol { margin: 0; padding-left: 24px; }
        .broken li button { border: 0; background: none; padding: 1px 4px; text-align: left; }
        .broken li button:hover { text-decoration: underline; }
        .broken b { color: var(--violation); }
        .tools { display: flex; flex-wrap: wrap; gap: 6px; padding: 8px 16px; align-items: center;
          border-bottom: 1px solid var(--line); background: var(--panel); }
        .tools input { width: 215px; max-width: 100%; }
        .tools button { padding: 2px 8px; font-size: 13px; }
        .tools .end { margin-left: auto; display: flex; flex-wrap: wrap; gap: 6px;
          align-items: center; }
        #chips { display: flex; flex-wrap: wrap; gap: 4px; }
        .tools .chip { font-size: 12px; border-radius: 99px; color: var(--muted); }
        .tools .chip[aria-pressed=true] { color: var(--ink); border-color: var(--select);
          background: color-mix(in srgb, var(--select) 13%, var(--page)); }
        main { flex: 1; min-height: 0; display: flex; }
        .stage { position: relative; flex: 1; min-width: 0; display: grid; overflow: hidden;
          grid-template: 46px minmax(0, 1fr) / minmax(0, 1fr) 46px; }
        .heads { position: relative; overflow: hidden; grid-column: 1 / 3;
          border-bottom: 1px solid var(--line); clip-path: inset(0 0 0 148px); }
        #heads { position: absolute; inset: 0; }
        .head { position: absolute; top: 4px; height: 38px; padding: 0 2px; border: 0;
          font-size: 11.5px;
          line-height: 1.15; background: none; overflow: hidden; overflow-wrap: anywhere;
          border-bottom: 3px solid var(--line); border-radius: 4px 4px 0 0; }
        .head.client { border-bottom-color: var(--request); }
        .head.service { border-bottom-color: var(--answer); }
        .head.server { border-bottom-color: var(--write); }
        .head[aria-pressed=true] { background: color-mix(in srgb, var(--select) 18%, var(--page)); }
        #scroller { overflow: auto; position: relative; outline-offset: -2px;
          scrollbar-width: thin; }
        #canvas { position: sticky; top: 0; left: 0; display: block; }
        #spacer { position: absolute; top: 0; left: 0; pointer-events: none; }
        .overview { position: relative; border-left: 1px solid var(--line); cursor: pointer; }
        #overview { width: 46px; display: block; }
        #window { position: absolute; left: 0; right: 0; pointer-events: none;
          border: 1.5px solid var(--select);
          background: color-mix(in srgb, var(--select) 14%, transparent); }
        #tip { position: absolute; margin-top: 46px; max-width: 430px; padding: 5px 9px;
          font-size: 12.5px;
          background: var(--ink); color: var(--page); border-radius: 6px; pointer-events: none;
          overflow-wrap: anywhere; z-index: 2; }
        aside { width: 330px; flex: none; overflow: auto; border-left: 1px solid var(--line);
          background: var(--panel); }
        aside section { padding: 11px 14px; border-bottom: 1px solid var(--line); }
        #details { min-height: 150px; overflow-wrap: anywhere; }
        #details dl { display: grid; grid-template-columns: 82px 1fr; gap: 1px 8px;
          margin: 6px 0 0; }
        #details dt { color: var(--muted); }
        #details dd { margin: 0; font-variant-numeric: tabular-nums; }
        #details ol { margin: 0; padding: 0; list-style: none; font-size: 12.5px; }
        .said { font-weight: 600; }
        .link { border: 0; background: none; text-align: left; padding: 1px 4px; width: 100%; }
        .link[aria-current] { background: color-mix(in srgb, var(--select) 18%, transparent); }
        .legend { display: grid; grid-template-columns: 1fr 1fr; gap: 1px 10px; margin: 0 0 8px;
          padding: 0; list-style: none; }
        .legend i { display: inline-block; width: 22px; margin-right: 7px; font-style: normal;
          text-align: center; vertical-align: middle; }
        .legend .arrow { border-top: 2px solid var(--c); }
        .legend .band { height: 11px; border-top: 2px solid var(--c);
          background: color-mix(in srgb, var(--c) 22%, transparent); }
        kbd { font: 11.5px ui-monospace, monospace; border: 1px solid var(--line);
          border-radius: 4px;
          padding: 0 4px; background: var(--page); }
        .counters { border-collapse: collapse; width: 100%; }
        .counters th { font-weight: 400; text-align: left; overflow-wrap: anywhere; }
        .counters td { text-align: right; font-variant-numeric: tabular-nums; vertical-align: top; }
        .tables { padding: 22px 16px; }
        .wide { overflow-x: auto; margin-bottom: 26px; }
        .tables table { border-collapse: collapse; width: 100%; font-size: 13px; }
        .tables caption { text-align: left; font-weight: 600; padding: 5px 0; }
        .tables th { text-align: left; color: var(--muted); font-weight: 500; }
        .tables th, .tables td { padding: 2px 12px 2px 0; border-bottom: 1px solid var(--line);
          vertical-align: top; }
        .tables td:nth-child(-n+2) { font-variant-numeric: tabular-nums; white-space: nowrap; }
        .tables td:last-child { overflow-wrap: anywhere; }
        .kept td { background: color-mix(in srgb, var(--fault) 13%, transparent); }
        .center td { background: color-mix(in srgb, var(--violation) 20%, transparent);
          font-weight: 600; }
        @media (max-width: 900px) { .app { height: auto; } main { flex-direction: column; }
          .stage { height: 80vh; flex: none; } aside { width: auto; border-left: 0; } }
        @media print { .app { height: auto; display: block; } .tools, main, #copy { display: none; }
          .broken { max-height: none; } body { font-size: 10pt; } }
        """#
}
