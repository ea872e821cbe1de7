extension RunPage {
    /// Where things stand: order or time downwards, the scale, the lanes.
    static let scriptAxis = #"""
        const contentHeightMaximum = 12e6, rowHeightMaximum = 30;
        const scroller = $("scroller"), spacer = $("spacer"), canvas = $("canvas");
        const pen = canvas.getContext("2d");
        const gutter = 154, overviewWidth = 46, laneWidthMinimum = 62,
          laneWidthMaximum = 190, labelWidth = 140;
        const view = { axis: "rows", rowHeight: 18, timeScale: 1e-6, laneWidth: 80, width: 0,
          height: 0 };
        const start = count ? time[0] : 0, end = count ? time[count - 1] : 0;

        const isRows = () => view.axis === "rows";
        const contentHeight = () => isRows() ? rows.length * view.rowHeight
          : (end - start) * view.timeScale + 40;
        // Where an event stands in the whole picture, in pixels from its top.
        const place = (event) => isRows() ? (rowOf[event] + 0.5) * view.rowHeight
          : (time[event] - start) * view.timeScale + 20;
        // Where a moment before an event stands.
        const edge = (event, when) => isRows() ? rowOf[event] * view.rowHeight
          : (when - start) * view.timeScale + 20;
        const laneX = (index) => gutter + view.laneWidth * (index + 0.5) - scroller.scrollLeft;
        const firstRowFrom = (y) => isRows()
          ? Math.min(rows.length, Math.max(0, Math.floor(y / view.rowHeight)))
          : search(rows.length, (row) => place(rows[row]) >= y);

        function bounds() {
          const height = Math.max(100, view.height);
          const span = Math.max(1, end - start);
          return isRows()
            ? [Math.min(rowHeightMaximum, height / Math.max(1, rows.length)),
               Math.min(rowHeightMaximum, contentHeightMaximum / Math.max(1, rows.length))]
            : [height / span, Math.max(height / span, contentHeightMaximum / span)];
        }

        function layOut() {
          view.width = scroller.clientWidth;
          view.height = scroller.clientHeight;
          const room = view.width - gutter - labelWidth;
          const share = room / Math.max(1, lanes.length);
          view.laneWidth = Math.max(laneWidthMinimum, Math.min(laneWidthMaximum, share));
          const [least, most] = bounds();
          const key = isRows() ? "rowHeight" : "timeScale";
          view[key] = Math.min(most, Math.max(least, view[key]));
          spacer.style.height = Math.max(view.height, contentHeight()) + "px";
          spacer.style.width = gutter + view.laneWidth * lanes.length + labelWidth + "px";
          const ratio = window.devicePixelRatio || 1;
          canvas.width = Math.round(view.width * ratio);
          canvas.height = Math.round(view.height * ratio);
          canvas.style.width = view.width + "px";
          canvas.style.height = view.height + "px";
          pen.setTransform(ratio, 0, 0, ratio, 0, 0);
          layOutHeads();
          drawOverview();
          requestDrawing();
        }

        // Changes the scale and keeps what stands at `y` of the window where it is.
        function zoom(factor, y = view.height / 2) {
          const key = isRows() ? "rowHeight" : "timeScale";
          const [least, most] = bounds();
          const before = view[key], top = isRows() ? 0 : 20;
          view[key] = Math.min(most, Math.max(least, before * factor));
          const anchor = (scroller.scrollTop + y - top) * view[key] / before + top;
          layOut();
          scroller.scrollTop = anchor - y;
        }

        // Brings an event to the middle of the window.
        function reveal(event) {
          const y = place(event);
          const seen = y - scroller.scrollTop, isSeen = seen > 40 && seen < view.height - 40;
          if (!isSeen) scroller.scrollTop = y - view.height / 2;
          const x = laneX(lane[event]);
          if (x < gutter + 20 || x > view.width) scroller.scrollLeft += x - view.width / 2;
          requestDrawing();
        }

        function middleEvent() {
          const row = firstRowFrom(scroller.scrollTop + view.height / 2);
          return rows[Math.min(rows.length - 1, row)];
        }

        function setAxis(axis) {
          const middle = middleEvent();
          view.axis = axis;
          $("axis").textContent = isRows() ? "Axis: order" : "Axis: time";
          layOut();
          const anchor = selected >= 0 ? selected : middle;
          if (anchor !== undefined) scroller.scrollTop = place(anchor) - view.height / 2;
          requestDrawing();
        }

        const group3 = (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
        const number = (value) => group3(String(value));
        function seconds(nanoseconds, digits = 6) {
          const cut = Math.floor(nanoseconds / 10 ** (9 - digits));
          return (cut / 10 ** digits).toFixed(digits) + " s";
        }
        function length(nanoseconds) {
          if (nanoseconds >= 1e9) return (nanoseconds / 1e9).toFixed(2) + " s";
          if (nanoseconds >= 1e6) return (nanoseconds / 1e6).toFixed(2) + " ms";
          return (nanoseconds / 1e3).toFixed(nanoseconds >= 1e4 ? 0 : 1) + " µs";
        }
        """#
}
