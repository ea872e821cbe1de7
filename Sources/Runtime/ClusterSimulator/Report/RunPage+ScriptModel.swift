extension RunPage {
    /// Reads the data: events, the legs of arrows, groups of kinds, the filter.
    static let scriptModel = #"""
        "use strict";
        const $ = (id) => document.getElementById(id);
        const data = JSON.parse($("trace").textContent);
        const count = data.t.length;
        const lanes = data.lanes.map(([name, role]) => ({ name, role }));
        const sum = (deltas, Type) => {
          const all = new Type(deltas.length);
          let total = 0;
          for (let i = 0; i < deltas.length; i++) all[i] = total += deltas[i];
          return all;
        };
        const time = sum(data.t, Float64Array), step = sum(data.s, Float64Array);
        const lane = Uint16Array.from(data.l), life = Uint32Array.from(data.i);
        const kind = Uint16Array.from(data.k), text = Uint32Array.from(data.x);
        const kindName = (event) => data.kinds[kind[event]];

        // What travels: its arrow's number, call, flow, moment and other end; -1 if nothing does.
        const flow = new Int8Array(count).fill(-1), moment = new Int8Array(count).fill(-1);
        const arrowNumber = new Uint32Array(count), call = new Uint32Array(count);
        const peer = new Int32Array(count).fill(-1);
        sum(data.travels.e, Float64Array).forEach((event, i) => {
          arrowNumber[event] = data.travels.n[i];
          call[event] = data.travels.c[i];
          flow[event] = data.travels.f[i];
          moment[event] = data.travels.m[i];
          peer[event] = data.travels.p[i];
        });
        const momentOf = Object.fromEntries(data.moments.map((name, i) => [name, i]));
        const flowOf = Object.fromEntries(data.flows.map((name, i) => [name, i]));

        // The legs of the arrows, by their beginnings; leg.to is -1 when its end is not in the
        // trace, leg.from is -1 when its beginning is not.
        const legs = (() => {
          const open = new Map(), found = [];
          const close = (event, style) => {
            const from = open.get(arrowNumber[event]);
            open.delete(arrowNumber[event]);
            const isLost = moment[event] === momentOf.loss;
            found.push({ from: from ? from.event : -1, to: event, isLost,
              style: isLost ? "lost" : from ? from.style : style, call: call[event] });
          };
          for (let event = 0; event < count; event++) {
            if (moment[event] < 0 || moment[event] === momentOf.expiry) continue;
            const style = data.flows[flow[event]];
            if (moment[event] !== momentOf.departure) close(event, style);
            const isRefused = ["refusal", "conflict", "failure", "unanswered"]
              .includes(kindName(event));
            if (moment[event] === momentOf.departure || moment[event] === momentOf.turn) {
              const isBack = moment[event] === momentOf.turn;
              const way = isBack && isRefused ? "failure" : style;
              open.set(arrowNumber[event], { event, style: way });
            }
          }
          for (const { event, style } of open.values()) {
            found.push({ from: event, to: -1, isLost: false, style, call: call[event] });
          }
          return found.sort((a, b) => first(a) - first(b));
        })();
        function first(leg) { return leg.from < 0 ? leg.to : leg.from; }
        // The latest end of all legs up to this one: it only grows, so that it can be searched.
        const latestEnd = new Float64Array(legs.length);
        legs.forEach((leg, i) => {
          latestEnd[i] = Math.max(i ? latestEnd[i - 1] : 0, leg.from, leg.to);
        });
        const legAt = new Map();
        for (const leg of legs) for (const event of [leg.from, leg.to]) {
          if (event >= 0) legAt.set(event, [...(legAt.get(event) || []), leg]);
        }
        const callEvents = new Map();
        for (let event = 0; event < count; event++) {
          if (!call[event]) continue;
          const all = callEvents.get(call[event]);
          if (all) all.push(event); else callEvents.set(call[event], [event]);
        }

        // Kinds in groups that are shown or hidden together.
        const groups = [
          ["requests", "send message", true],
          ["answers", "reply answer failure timeout loss", true],
          ["writes", "write unanswered conflict", true], ["reads", "read", true],
          ["operations", "operation result refusal", true], ["faults", "fault", true],
          ["notes", "note", true], ["starts", "start", false], ["jobs", "job", false],
        ].map(([name, kinds, isShown]) => ({ name, kinds: kinds.split(" "), isShown, count: 0 }));
        const other = { name: "other", kinds: [], isShown: true, count: 0 };
        const always = {
          name: "violations", kinds: ["violation", "escape"], isShown: true, count: 0,
        };
        const groupOf = data.kinds.map((name) =>
          [always, ...groups].find((group) => group.kinds.includes(name)) || other);
        for (let event = 0; event < count; event++) groupOf[kind[event]].count++;
        groups.push(other);

        const marked = [], broken = [];
        for (let event = 0; event < count; event++) {
          const group = groupOf[kind[event]];
          if (group === always) broken.push(event);
          if (group === always || kindName(event) === "fault") marked.push(event);
        }

        // The shown events in order, and for each event how many shown ones stand before it.
        let rows = new Uint32Array(0);
        const rowOf = new Uint32Array(count + 1);
        const isShown = new Uint8Array(count);
        const filter = { words: [], lane: -1 };

        function applyFilter() {
          const texts = filter.words.map((word) => {
            const colon = word.indexOf(":");
            const field = colon > 0 ? word.slice(0, colon) : "";
            const known = ["node", "kind", "text"].includes(field);
            const wanted = known ? word.slice(colon + 1) : word;
            const has = (all, name) => known && field !== name ? []
              : all.map((each) => each.toLowerCase().includes(wanted));
            const node = has(lanes.map((each) => each.name), "node");
            return { node, kind: has(data.kinds, "kind"), text: has(data.strings, "text") };
          });
          const numbers = new Set();
          const matches = (event) => texts.every((each) => each.node[lane[event]]
            || (peer[event] >= 0 && each.node[peer[event]])
            || each.kind[kind[event]] || each.text[text[event]]);
          for (let event = 0; event < count; event++) {
            const group = groupOf[kind[event]];
            const isHere = filter.lane < 0 || [lane[event], peer[event]].includes(filter.lane);
            const isWanted = group === always || (isHere && matches(event));
            isShown[event] = group.isShown && isWanted ? 1 : 0;
            if (isShown[event] && arrowNumber[event]) numbers.add(arrowNumber[event]);
          }
          let shown = 0;
          for (let event = 0; event < count; event++) {
            // An arrow is shown with both its ends.
            const isEnd = arrowNumber[event] && numbers.has(arrowNumber[event]);
            if (isEnd && groupOf[kind[event]].isShown) isShown[event] = 1;
            rowOf[event] = shown;
            shown += isShown[event];
          }
          rowOf[count] = shown;
          rows = new Uint32Array(shown);
          for (let event = 0; event < count; event++) {
            if (isShown[event]) rows[rowOf[event]] = event;
          }
        }

        // The first index of 0..<length for which `isAfter` holds; it must hold for all behind it.
        function search(length, isAfter) {
          let low = 0, high = length;
          while (low < high) {
            const middle = (low + high) >> 1;
            if (isAfter(middle)) high = middle; else low = middle + 1;
          }
          return low;
        }
        """#
}
