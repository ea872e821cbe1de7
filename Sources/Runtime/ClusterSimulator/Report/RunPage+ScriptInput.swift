extension RunPage {
    /// What a person sees besides the canvas: names, overview, details of an event.
    static let scriptInput = #"""
        const heads = $("heads"), details = $("details"), tip = $("tip"), overview = $("overview");
        const overviewPen = overview.getContext("2d");

        function layOutHeads() {
          if (!heads.firstChild) lanes.forEach((each, index) => {
            const head = document.createElement("button");
            head.textContent = each.name;
            head.className = "head " + each.role;
            head.title = `${each.role} ${each.name}: show only what concerns it`;
            head.onclick = () => {
              filter.lane = filter.lane === index ? -1 : index;
              refilter();
            };
            heads.append(head);
          });
          [...heads.children].forEach((head, index) => {
            head.style.left = gutter + view.laneWidth * index + "px";
            head.style.width = view.laneWidth - 2 + "px";
            head.setAttribute("aria-pressed", filter.lane === index);
          });
        }

        function drawOverview() {
          const height = view.height, ratio = window.devicePixelRatio || 1;
          overview.width = overviewWidth * ratio;
          overview.height = height * ratio;
          overview.style.height = height + "px";
          overviewPen.setTransform(ratio, 0, 0, ratio, 0, 0);
          const scale = height / Math.max(height, contentHeight());
          overviewPen.globalAlpha = 0.35;
          for (const band of data.bands) {
            const y1 = edge(band.from, band.begin) * scale, y2 = edge(band.to, band.end) * scale;
            const x = 2 + (overviewWidth - 4) * band.lane / lanes.length;
            overviewPen.fillStyle = colors[band.kind];
            const width = Math.max(2, (overviewWidth - 4) / lanes.length);
            overviewPen.fillRect(x, y1, width, y2 - y1 + 1);
          }
          const tick = (event, color, alpha, tall) => {
            overviewPen.globalAlpha = alpha;
            overviewPen.fillStyle = colors[color];
            const y = place(event) * scale;
            if (tall > 1) return overviewPen.fillRect(0, y - 1, overviewWidth, tall);
            overviewPen.fillRect(2 + (overviewWidth - 6) * lane[event] / lanes.length, y, 2, 1);
          };
          const spot = (event) => {
            overviewPen.globalAlpha = 0.9;
            overviewPen.fillStyle = colors.fault;
            const x = 2 + (overviewWidth - 6) * lane[event] / lanes.length;
            overviewPen.fillRect(x - 1, place(event) * scale - 1, 4, 2);
          };
          const stride = Math.max(1, Math.ceil(rows.length / 20000));
          for (let row = 0; row < rows.length; row += stride) {
            const name = kindName(rows[row]);
            tick(rows[row], name === "write" ? "write" : "muted", name === "write" ? 0.7 : 0.25, 1);
          }
          for (const event of marked) spot(event);
          for (const event of broken) tick(event, "violation", 1, 3);
        }

        function drawWindow(top) {
          const scale = view.height / Math.max(view.height, contentHeight());
          const box = $("window");
          box.style.top = top * scale + "px";
          box.style.height = Math.max(6, view.height * scale) + "px";
        }

        function describe(event) {
          const words = data.strings[text[event]];
          const who = lanes[lane[event]].name + (life[event] > 1 ? ` (life ${life[event]})` : "");
          return `${seconds(time[event])}, ${who}, ${kindName(event)}: ${words}`;
        }

        function element(name, words, className = "") {
          const made = document.createElement(name);
          made.textContent = words;
          if (className) made.className = className;
          return made;
        }

        const callCountMaximum = 40;
        function showDetails(event) {
          details.replaceChildren();
          if (event < 0) return void details.append(element("p", details.dataset.empty, "muted"));
          const list = document.createElement("dl");
          const add = (name, words) => list.append(element("dt", name), element("dd", words));
          details.append(element("p", data.strings[text[event]] || kindName(event), "said"));
          add("kind", kindName(event));
          add("at", lanes[lane[event]].name + (life[event] ? `, life ${life[event]}` : ""));
          add("time", seconds(time[event], 9));
          add("after", number(step[event]) + " steps");
          if (flow[event] >= 0) {
            add("flow", `${data.flows[flow[event]]}, ${data.moments[moment[event]]}`);
            add("other end", lanes[peer[event]].name);
            for (const leg of legAt.get(event) || []) {
              if (leg.from >= 0 && leg.to >= 0) add("way", length(time[leg.to] - time[leg.from]));
            }
          }
          details.append(list);
          const chain = callEvents.get(call[event]) || [];
          if (chain.length < 2) return;
          details.append(element("h3", `The call, ${chain.length} events`));
          const steps = document.createElement("ol");
          for (const each of chain.slice(0, callCountMaximum)) {
            const button = element("button", `+${length(time[each] - time[chain[0]])} `
              + `${lanes[lane[each]].name}: ${kindName(each)} ${data.strings[text[each]]}`, "link");
            button.onclick = () => select(each);
            if (each === event) button.setAttribute("aria-current", "true");
            const item = document.createElement("li");
            item.append(button);
            steps.append(item);
          }
          details.append(steps);
        }

        // Selects an event; one that the filter hides is shown first.
        function select(event, isTold = true) {
          if (event >= 0 && !isShown[event]) {
            groupOf[kind[event]].isShown = true;
            filter.words = [];
            filter.lane = -1;
            $("filter").value = "";
            refilter();
          }
          selected = event;
          showDetails(event);
          if (event >= 0) reveal(event);
          if (isTold) $("told").textContent = event >= 0 ? describe(event) : "";
          requestDrawing();
        }

        function refilter() {
          const middle = middleEvent();
          applyFilter();
          for (const chip of $("chips").children) {
            chip.setAttribute("aria-pressed", groups[chip.dataset.group].isShown);
          }
          $("shown").textContent = `${number(rows.length)} of ${number(count)} events`;
          layOut();
          const anchor = selected >= 0 ? selected : middle;
          if (anchor !== undefined) scroller.scrollTop = place(anchor) - view.height / 2;
        }

        function jump(list, direction) {
          const from = selected >= 0 ? selected
            : rows[firstRowFrom(scroller.scrollTop + view.height / 2)] || 0;
          const next = direction > 0 ? list.find((event) => event > from)
            : list.findLast((event) => event < from);
          if (next !== undefined) select(next);
        }

        function move(by) {
          if (!rows.length) return;
          const row = selected >= 0 ? rowOf[selected] + by
            : firstRowFrom(scroller.scrollTop + view.height / 2);
          select(rows[Math.min(rows.length - 1, Math.max(0, row))]);
        }

        function otherEnd() {
          const legsHere = legAt.get(selected) || [];
          for (const leg of legsHere) {
            const other = leg.from === selected ? leg.to : leg.from;
            if (other >= 0) return select(other);
          }
        }

        function fit() { zoom(0, 0); }
        """#
}
