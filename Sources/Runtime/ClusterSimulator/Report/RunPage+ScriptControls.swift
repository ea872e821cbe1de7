extension RunPage {
    /// What a person does: keys, wheel, pointer, filter; and the beginning of it all.
    static let scriptControls = #"""
        function eventAt(x, y) {
          const top = scroller.scrollTop;
          if (!rows.length) return -1;
          if (isRows() && view.rowHeight >= 3) {
            const row = Math.floor((y + top) / view.rowHeight);
            return row < rows.length ? rows[row] : -1;
          }
          const near = firstRowFrom(y + top - 8), far = firstRowFrom(y + top + 8);
          let best = -1, least = 900;
          for (let row = near; row < far && row < rows.length; row++) {
            const event = rows[row];
            const dx = laneX(lane[event]) - x, dy = place(event) - top - y;
            const loud = kindName(event) === "fault" || groupOf[kind[event]] === always ? 0.2 : 1;
            const distance = (dx * dx * 0.2 + dy * dy) * loud;
            if (distance < least) [best, least] = [event, distance];
          }
          return best;
        }

        const keys = {
          j: () => jump(marked, 1), k: () => jump(marked, -1),
          n: () => jump(broken, 1), p: () => jump(broken, -1),
          ArrowDown: () => move(1), ArrowUp: () => move(-1), e: otherEnd,
          "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: fit,
          a: () => setAxis(isRows() ? "time" : "rows"), Escape: () => select(-1),
          "/": () => $("filter").focus(),
        };

        document.addEventListener("keydown", (event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          if (event.target.tagName === "INPUT") {
            if (event.key === "Escape") event.target.blur();
            return;
          }
          const action = keys[event.key];
          // Outside the picture the arrow keys scroll the page, as everywhere.
          const isInside = document.activeElement === scroller;
          if (!action || (event.key.startsWith("Arrow") && !isInside)) return;
          event.preventDefault();
          action();
          scroller.scrollIntoView({ block: "nearest" });
        });

        scroller.addEventListener("scroll", requestDrawing, { passive: true });
        scroller.addEventListener("wheel", (event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          const box = scroller.getBoundingClientRect();
          zoom(Math.exp(-event.deltaY * 0.002), event.clientY - box.top);
        }, { passive: false });

        scroller.addEventListener("mousemove", (event) => {
          const box = scroller.getBoundingClientRect();
          const found = eventAt(event.clientX - box.left, event.clientY - box.top);
          tip.hidden = found < 0;
          if (found >= 0) {
            tip.textContent = describe(found);
            const left = event.clientX - box.left, right = box.right - event.clientX;
            const isRight = left > view.width / 2;
            tip.style.left = isRight ? "auto" : left + 16 + "px";
            tip.style.right = isRight ? right + 16 + overviewWidth + "px" : "auto";
            const y = event.clientY - box.top;
            tip.style.top = Math.min(y + 14, view.height - tip.offsetHeight - 6) + "px";
          }
          if (found === hovered) return;
          hovered = found;
          requestDrawing();
        });
        scroller.addEventListener("mouseleave", () => {
          tip.hidden = true;
          hovered = -1;
          requestDrawing();
        });
        scroller.addEventListener("click", (event) => {
          const box = scroller.getBoundingClientRect();
          select(eventAt(event.clientX - box.left, event.clientY - box.top), false);
        });

        function goTo(event) {
          const part = (event.clientY - overview.getBoundingClientRect().top) / view.height;
          scroller.scrollTop = part * Math.max(view.height, contentHeight()) - view.height / 2;
        }
        overview.addEventListener("pointerdown", (event) => {
          overview.setPointerCapture(event.pointerId);
          goTo(event);
        });
        overview.addEventListener("pointermove", (event) => { if (event.buttons) goTo(event); });

        groups.forEach((group, index) => {
          if (!group.count) return;
          const chip = element("button", `${group.name} ${number(group.count)}`, "chip");
          chip.dataset.group = index;
          chip.onclick = () => {
            group.isShown = !group.isShown;
            refilter();
          };
          $("chips").append(chip);
        });
        let typing = 0;
        $("filter").addEventListener("input", () => {
          clearTimeout(typing);
          typing = setTimeout(() => {
            filter.words = $("filter").value.toLowerCase().split(/\s+/).filter((word) => word);
            refilter();
          }, 120);
        });
        for (const button of document.querySelectorAll("[data-key]")) {
          button.onclick = () => keys[button.dataset.key]();
        }
        for (const button of document.querySelectorAll("[data-event]")) {
          button.onclick = () => {
            select(Number(button.dataset.event));
            scroller.focus({ preventScroll: true });
          };
        }
        $("copy").onclick = () => {
          const range = document.createRange();
          range.selectNodeContents($("replay"));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          document.execCommand("copy");
        };

        readColors();
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
          readColors();
          layOut();
        });
        new ResizeObserver(layOut).observe(scroller);
        refilter();
        showDetails(-1);
        if (broken.length) select(broken[0], false);
        scroller.focus({ preventScroll: true });
        draw();
        document.documentElement.dataset.ready = Math.round(performance.now());
        """#
}
