extension RunPage {
    /// Draws what is in the window: conditions, lanes, arrows.
    static let scriptDrawing = #"""
        let colors = {};
        const styleNames = ["request", "answer", "duplicate", "late", "failure", "cancellation",
          "read", "write", "lost"];
        const dashes = {
          answer: [5, 3], duplicate: [2, 3], late: [8, 3, 2, 3], cancellation: [1, 3],
        };
        const legCountDashedMaximum = 1500, legCountMaximum = 10000;
        const loudStyles = new Set(["lost", "late", "failure", "duplicate"]);
        let selected = -1, hovered = -1, isDrawingDue = false;

        function readColors() {
          const style = getComputedStyle(document.documentElement);
          const names = ["ink", "muted", "line", "page", "fault", "violation", "note", "paused",
            "away", "cut", "crashed", "select", ...styleNames];
          const color = (name) => style.getPropertyValue("--" + name);
          colors = Object.fromEntries(names.map((name) => [name, color(name)]));
        }

        function requestDrawing() {
          if (isDrawingDue) return;
          isDrawingDue = true;
          requestAnimationFrame(() => {
            isDrawingDue = false;
            draw();
          });
        }

        function draw() {
          const top = scroller.scrollTop, bottom = top + view.height;
          pen.clearRect(0, 0, view.width, view.height);
          const from = firstRowFrom(top - 40);
          const to = Math.min(rows.length, firstRowFrom(bottom + 40) + 1);
          heads.style.transform = `translateX(${-scroller.scrollLeft}px)`;
          pen.save();
          pen.beginPath();
          pen.rect(gutter - 6, 0, view.width, view.height);
          pen.clip();
          drawBands(top, bottom);
          drawLanes(top, bottom);
          drawRowMarks(from, to, top);
          drawLegs(from, to, top);
          drawMarks(from, to, top);
          pen.restore();
          drawTimes(from, to, top);
          drawWindow(top);
        }

        function drawBands(top, bottom) {
          for (const band of data.bands) {
            const y1 = edge(band.from, band.begin) - top, y2 = edge(band.to, band.end) - top;
            if (y2 < 0 || y1 > bottom - top) continue;
            const width = view.laneWidth * 0.72, x = laneX(band.lane) - width / 2;
            const height = Math.max(2, y2 - y1);
            pen.globalAlpha = band.kind === "crashed" ? 0.09 : 0.2;
            pen.fillStyle = colors[band.kind];
            pen.fillRect(x, y1, width, height);
            pen.globalAlpha = 0.9;
            pen.fillRect(x, y1, width, 1.5);
            if (band.kind !== "crashed") pen.fillRect(x, y1 + height - 1, width, 1);
            if (height < 36) continue;
            pen.font = "10px system-ui, sans-serif";
            pen.textAlign = "center";
            pen.fillStyle = colors.ink;
            pen.fillText(band.kind, x + width / 2, Math.min(Math.max(y1, -14) + 28, y2 - 3));
          }
          pen.globalAlpha = 1;
        }

        function drawLanes(top, bottom) {
          pen.strokeStyle = colors.muted;
          pen.lineWidth = 1;
          pen.globalAlpha = 0.55;
          pen.beginPath();
          for (const segment of data.alive) {
            const y1 = edge(segment.from, time[segment.from]), y2 = edge(segment.to,
              segment.to < count ? time[segment.to] : end);
            if (y2 < top || y1 > bottom) continue;
            const x = Math.round(laneX(segment.lane)) + 0.5;
            pen.moveTo(x, Math.max(y1 - top, -5));
            pen.lineTo(x, Math.min(y2 - top, view.height + 5));
          }
          pen.stroke();
          pen.globalAlpha = 1;
        }

        // Lines across: where a run broke, what is selected, what was left out, where time jumped.
        function drawRowMarks(from, to, top) {
          const across = (y, color, alpha, height) => {
            pen.globalAlpha = alpha;
            pen.fillStyle = color;
            pen.fillRect(gutter - 6, y - height / 2, view.width, height);
            pen.globalAlpha = 1;
          };
          const tall = Math.max(3, isRows() ? view.rowHeight : 14);
          for (const event of [hovered, selected]) {
            if (event >= 0) across(place(event) - top, colors.select, 0.16, tall);
          }
          for (const event of broken) {
            const y = place(event) - top;
            if (y < -20 || y > view.height + 20) continue;
            across(y, colors.violation, 0.15, tall);
            across(y, colors.violation, 0.9, 1);
          }
          for (const [event, missing] of data.gaps) {
            const y = edge(event, time[event] || end) - top;
            if (y < -20 || y > view.height + 20) continue;
            across(y, colors.ink, 0.6, 1);
            label(`${number(missing)} events left out here`, gutter + 8, y - 2, colors.ink, "left");
          }
          if (!isRows() || view.rowHeight < 4) return;
          for (let row = Math.max(1, from); row < to; row++) {
            const gap = time[rows[row]] - time[rows[row - 1]];
            if (gap >= 50e6) across(row * view.rowHeight - top, colors.line, 1, gap >= 1e9 ? 3 : 1);
          }
        }

        // The line of a leg in the window: only a part of it when it is lost or one of its ends is
        // not in the trace.
        function lineOf(leg, top) {
          const event = leg.from < 0 ? leg.to : leg.from, isWhole = leg.from >= 0 && leg.to >= 0;
          const begin = leg.from < 0 ? peer[event] : lane[event];
          const goal = isWhole ? lane[leg.to] : leg.from < 0 ? lane[event] : peer[event];
          let x1 = laneX(begin), x2 = laneX(goal), y1 = place(event) - top;
          let y2 = isWhole ? place(leg.to) - top : y1;
          if (!isWhole || leg.isLost) {
            const part = isWhole ? 0.62 : 0.4;
            if (leg.from < 0) x1 = x2 - (x2 - x1) * part; else x2 = x1 + (x2 - x1) * part;
          }
          return [x1, y1, x2, y2];
        }

        function drawLegs(from, to, top) {
          if (from >= to) return;
          const firstEvent = rows[from], lastEvent = rows[to - 1];
          const begin = search(legs.length, (index) => latestEnd[index] >= firstEvent);
          const byStyle = new Map(styleNames.map((name) => [name, []]));
          const chosen = selected >= 0 && call[selected] ? call[selected] : 0;
          const strong = [], seen = new Map();
          // From very far away some arrows stand for all; those that went wrong are never left out.
          const last = search(legs.length, (index) => first(legs[index]) > lastEvent);
          const stride = Math.ceil(Math.max(1, last - begin) / legCountMaximum);
          let drawn = 0;
          for (let index = begin; index < last; index++) {
            const leg = legs[index];
            if (index % stride && !loudStyles.has(leg.style)) continue;
            if (Math.max(leg.from, leg.to) < firstEvent) continue;
            if ([leg.from, leg.to].some((event) => event >= 0 && !isShown[event])) continue;
            const line = lineOf(leg, top);
            // From far away many arrows are one line: one of them is enough.
            const where = Math.round(line[0]) * 65536 + Math.round(line[2]);
            const at = Math.round(line[1]);
            if (seen.get(where) === at && !leg.isLost) continue;
            seen.set(where, at);
            drawn++;
            if (chosen && leg.call === chosen) strong.push([leg.style, line, leg]);
            else byStyle.get(leg.style).push(line, leg);
          }
          const isNear = drawn <= legCountDashedMaximum;
          const alpha = chosen ? 0.2 : isNear ? 0.85 : 0.4;
          for (const [style, lines] of byStyle) {
            if (lines.length) strokeLegs(style, lines, alpha, 1.2, isNear);
          }
          for (const [style, line, leg] of strong) strokeLegs(style, [line, leg], 1, 2.4, true);
        }

        function strokeLegs(style, lines, alpha, width, isNear) {
          pen.strokeStyle = pen.fillStyle = colors[style];
          pen.globalAlpha = alpha;
          pen.lineWidth = width;
          pen.setLineDash(isNear && dashes[style] || []);
          pen.beginPath();
          for (let i = 0; i < lines.length; i += 2) {
            const [x1, y1, x2, y2] = lines[i];
            pen.moveTo(x1, y1);
            if (Math.abs(x1 - x2) < 1) pen.bezierCurveTo(x1 + 26, y1, x1 + 26, y2, x2, y2);
            else pen.lineTo(x2, y2);
          }
          pen.stroke();
          pen.setLineDash([]);
          if (isNear) {
            pen.beginPath();
            for (let i = 0; i < lines.length; i += 2) arrowHead(lines[i], lines[i + 1]);
            pen.fill();
            pen.beginPath();
            for (let i = 0; i < lines.length; i += 2) if (lines[i + 1].isLost) cross(lines[i], 4);
            pen.lineWidth = 2;
            pen.stroke();
          }
          pen.globalAlpha = 1;
        }

        function arrowHead([x1, y1, x2, y2], leg) {
          if (leg.isLost || leg.to < 0) return;
          const isLoop = Math.abs(x1 - x2) < 1;
          const angle = isLoop ? Math.PI : Math.atan2(y2 - y1, x2 - x1);
          pen.moveTo(x2, y2);
          pen.lineTo(x2 - 8 * Math.cos(angle - 0.35), y2 - 8 * Math.sin(angle - 0.35));
          pen.lineTo(x2 - 8 * Math.cos(angle + 0.35), y2 - 8 * Math.sin(angle + 0.35));
        }

        function cross([, , x, y], size) {
          pen.moveTo(x - size, y - size);
          pen.lineTo(x + size, y + size);
          pen.moveTo(x + size, y - size);
          pen.lineTo(x - size, y + size);
        }
        """#
}
