"use strict";
(() => {
  // A box that is narrower than its table or chart says that it can be scrolled.
  const wide = new ResizeObserver((boxes) => {
    for (const { target } of boxes) target.toggleAttribute("data-wide", target.scrollWidth > target.clientWidth + 1);
  });
  for (const box of document.querySelectorAll(".scroll, .drawing")) wide.observe(box);
  // Each chart says its figures at a place, by pointer or arrow keys, and hides a series.
  for (const figure of document.querySelectorAll("figure.chart")) {
    const box = figure.querySelector(".drawing"), said = figure.querySelector(".tip");
    const tips = [...figure.querySelectorAll("svg [data-tip]")];
    let at = -1;
    const show = (i) => {
      if (at >= 0) tips[at].classList.remove("here");
      at = i;
      said.textContent = i < 0 ? "" : tips[i].dataset.tip;
      if (i >= 0) tips[i].classList.add("here");
    };
    const inView = () => {
      const tip = tips[at].getBoundingClientRect(), view = box.getBoundingClientRect();
      if (tip.left < view.left) box.scrollLeft -= view.left - tip.left + 20;
      if (tip.right > view.right) box.scrollLeft += tip.right - view.right + 20;
    };
    if (tips.length) {
      box.setAttribute("aria-label", box.getAttribute("aria-label") + ". Arrow keys give its figures.");
      const over = (event) => {
        const tip = event.target.closest("[data-tip]");
        if (tip && tips.indexOf(tip) !== at) show(tips.indexOf(tip));
      };
      box.addEventListener("pointerover", over);
      box.addEventListener("click", over);
      box.addEventListener("pointerleave", (event) => {
        if (event.pointerType === "mouse" && document.activeElement !== box) show(-1);
      });
      box.addEventListener("blur", () => show(-1));
      box.addEventListener("keydown", (event) => {
        const last = tips.length - 1;
        const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last, Escape: -1 }[event.key];
        if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        if (event.key === "Escape") return show(-1);
        show(Math.max(0, Math.min(last, to)));
        inView();
      });
    }
    const marks = [...figure.querySelectorAll("svg [data-series]")];
    const joint = [...figure.querySelectorAll("svg [data-joint]")];
    const off = new Set();
    // A name of several series names those that are shown.
    const rename = () => {
      for (const group of joint) {
        const all = group.dataset.joint.split("\n"), on = all.filter((name) => !off.has(name));
        group.classList.toggle("off", on.length === 0);
        const text = group.querySelector("text");
        if (!text) continue;
        if (!text.dataset.whole) { text.dataset.whole = text.textContent; text.dataset.wide = text.getAttribute("textLength"); }
        const whole = on.length === all.length;
        text.textContent = whole ? text.dataset.whole : on.join(", ");
        if (whole) text.setAttribute("textLength", text.dataset.wide); else text.removeAttribute("textLength");
      }
    };
    const names = [...new Set(marks.map((mark) => mark.dataset.series))];
    if (names.length < 2) continue;
    const keys = document.createElement("div");
    keys.className = "keys";
    keys.setAttribute("role", "group");
    keys.setAttribute("aria-label", "Series shown");
    for (const name of names) {
      const key = document.createElement("button");
      key.type = "button";
      key.dataset.series = name;
      key.textContent = name;
      key.setAttribute("aria-pressed", "true");
      key.addEventListener("click", () => {
        const on = key.getAttribute("aria-pressed") !== "true";
        key.setAttribute("aria-pressed", String(on));
        if (on) off.delete(name); else off.add(name);
        rename();
        for (const mark of marks) if (mark.dataset.series === name) mark.classList.toggle("off", !on);
      });
      keys.append(key);
    }
    box.before(keys);
  }
})();
