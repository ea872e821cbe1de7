extension RunPage {
    /// Draws the marks of events, their words and the times beside them.
    static let scriptMarks = #"""
        const markColor = {
          fault: "fault", violation: "violation", escape: "violation", write: "write",
          conflict: "failure", refusal: "failure", failure: "failure", timeout: "fault",
          unanswered: "write",
          note: "note",
        };
        const markCountMaximum = 20000;

        function drawMarks(from, to, top) {
          const isReadable = isRows() && view.rowHeight >= 12, quiet = [];
          const drawnY = new Map(), claimed = new Set();
          const stride = Math.ceil(Math.max(1, to - from) / markCountMaximum);
          const write = (event, name, x, y, isLoud) => {
            const spot = Math.round(y / 13);
            const isFree = ![-1, 0, 1].some((by) => claimed.has(spot + by));
            if (!isReadable && !isFree) return;
            if (drawText(event, name, x, y, isLoud)) claimed.add(spot);
          };
          for (let row = from; row < to; row++) {
            const event = rows[row], name = kindName(event);
            const isLoud = name === "fault" || groupOf[kind[event]] === always;
            if (row % stride && !isLoud) continue;
            const x = laneX(lane[event]), y = place(event) - top;
            // Marks that would lie on each other are drawn once.
            const spot = lane[event] * 64 + kind[event];
            if (!isLoud && drawnY.has(spot) && y - drawnY.get(spot) < 1.5) continue;
            drawnY.set(spot, y);
            mark(event, name, x, y);
            if (isLoud) write(event, name, x, y, true);
            else if (isReadable || !isRows()) quiet.push([event, name, x, y, false]);
          }
          for (const each of quiet) write(...each);
          if (selected >= 0 && isShown[selected]) ring(selected, top);
        }

        function mark(event, name, x, y) {
          pen.fillStyle = colors[markColor[name] || "muted"];
          pen.strokeStyle = pen.fillStyle;
          pen.beginPath();
          switch (name) {
          case "violation": case "escape":
            pen.arc(x, y, 7, 0, 7);
            pen.fill();
            pen.fillStyle = "#fff";
            pen.font = "bold 11px system-ui, sans-serif";
            pen.textAlign = "center";
            return pen.fillText("!", x, y + 4);
          case "fault":
            pen.moveTo(x, y - 6);
            pen.lineTo(x + 6, y);
            pen.lineTo(x, y + 6);
            pen.lineTo(x - 6, y);
            return pen.fill();
          case "write": case "unanswered": return pen.fillRect(x - 4, y - 4, 8, 8);
          case "conflict": case "refusal":
            pen.lineWidth = 2;
            pen.strokeRect(x - 4, y - 4, 8, 8);
            return;
          case "timeout":
            pen.lineWidth = 1.5;
            pen.arc(x, y, 4.5, 0, 7);
            pen.moveTo(x, y - 3);
            pen.lineTo(x, y);
            pen.lineTo(x + 3, y);
            return pen.stroke();
          case "job": return pen.fillRect(x - 3, y - 0.5, 6, 1);
          case "loss": case "answer": case "message": case "result": return;
          case "start":
            pen.arc(x, y, 2.5, 0, 7);
            pen.lineWidth = 1;
            return pen.stroke();
          default:
            pen.arc(x, y, name === "note" ? 4 : 2, 0, 7);
            pen.fill();
          }
        }

        // The words of an event beside its mark; an arrival repeats those of its departure.
        function drawText(event, name, x, y, isLoud) {
          const words = data.strings[text[event]];
          const isQuiet = ["answer", "message", "operation", "loss", "job"].includes(name)
            || (name === "result" && words === "done");
          if ((isQuiet && event !== selected && event !== hovered) || !words) return false;
          const goesRight = peer[event] > lane[event];
          const color = colors[markColor[name] || (isLoud ? "ink" : "muted")];
          const chosen = selected >= 0 && call[selected] && call[event] !== call[selected];
          pen.globalAlpha = chosen && !isLoud ? 0.35 : 1;
          pen.font = (isLoud ? "600 " : "") + "11px system-ui, sans-serif";
          const size = words.length > 200 ? Infinity : pen.measureText(words).width;
          const fitsRight = x + 16 + size < view.width, fitsLeft = x - 16 - size > gutter;
          // Away from the arrow if it fits there, else where it fits, else where more room is.
          const isLeft = goesRight && fitsLeft || !fitsRight && (fitsLeft || x > view.width * 0.6);
          // Words that must lie on their own arrow lie above it.
          const isTurn = moment[event] === momentOf.turn;
          const isOnArrow = peer[event] >= 0 && isLeft !== goesRight && !isTurn;
          label(words, isLeft ? x - 10 : x + 10, y + (isOnArrow ? -3 : 4), color,
            isLeft ? "right" : "left", isLoud);
          pen.globalAlpha = 1;
          return true;
        }

        function label(words, x, y, color, align, isLoud = false) {
          const room = align === "left" ? view.width - x - 6 : x - gutter;
          let size = Math.min(240, words.length), shown = words;
          pen.font = (isLoud ? "600 " : "") + "11px system-ui, sans-serif";
          if (size < words.length) shown = words.slice(0, size) + "…";
          while (size > 3 && pen.measureText(shown).width > room) {
            size = Math.floor(size * 0.8);
            shown = words.slice(0, size) + "…";
          }
          pen.textAlign = align;
          pen.lineJoin = "round";
          pen.lineWidth = 3;
          pen.strokeStyle = colors.page;
          pen.strokeText(shown, x, y);
          pen.fillStyle = color;
          pen.fillText(shown, x, y);
        }

        function ring(event, top) {
          pen.strokeStyle = colors.select;
          pen.lineWidth = 2.5;
          pen.beginPath();
          pen.arc(laneX(lane[event]), place(event) - top, 9, 0, 7);
          pen.stroke();
        }

        function drawTimes(from, to, top) {
          pen.font = "11px ui-monospace, monospace";
          pen.textAlign = "right";
          pen.fillStyle = colors.muted;
          if (!isRows()) return drawTicks(top);
          let free = -Infinity, shown = "";
          for (let row = from; row < to; row++) {
            const y = (row + 0.5) * view.rowHeight - top, words = seconds(time[rows[row]]);
            if (words === shown || y < free) continue;
            const gap = row ? time[rows[row]] - time[rows[row - 1]] : 0;
            pen.fillStyle = gap >= 50e6 ? colors.ink : colors.muted;
            pen.fillText(words, gutter - 14, y + 4);
            if (gap >= 50e6 && view.rowHeight >= 16) {
              pen.fillStyle = colors.fault;
              pen.font = "10px system-ui, sans-serif";
              pen.textAlign = "left";
              pen.fillText("+" + length(gap), 6, y - view.rowHeight / 2 + 3);
              pen.font = "11px ui-monospace, monospace";
              pen.textAlign = "right";
            }
            shown = words;
            free = y + 14;
          }
        }

        function drawTicks(top) {
          const raw = 70 / view.timeScale, power = 10 ** Math.floor(Math.log10(raw));
          const unit = [1, 2, 5, 10].find((factor) => factor * power >= raw) * power;
          const digits = Math.min(9, Math.max(0, 9 - Math.floor(Math.log10(unit))));
          const begin = Math.ceil((start + (top - 20) / view.timeScale) / unit) * unit;
          for (let when = begin; ; when += unit) {
            const y = (when - start) * view.timeScale + 20 - top;
            if (y > view.height) return;
            pen.fillText(seconds(when, digits), gutter - 14, y + 4);
            pen.fillRect(gutter - 10, y, 5, 1);
          }
        }
        """#
}
