"use strict";
// The texts side by side, line by line, with what happened to each region. The state of the filter
// stands in the address, so that a view can be kept and sent.
(() => {
  const {documents, outcomes, systems} = JSON.parse(document.getElementById("data").textContent);
  const filter = document.getElementById("filter");
  const lines = document.getElementById("lines");
  const more = document.getElementById("more");
  const shown = document.getElementById("shown");
  const PAGE = 200;
  const heads = ["document, line", "reference", "hypothesis", ...(systems.length ? ["corrected"] : [])];
  let rows = [];
  let next = 0;

  // One row for each line of the reference, or for several if a region holds their line ends.
  // A piece is [outcome or -1, reference, hypothesis, corrected].
  function* rowsOf(number, system) {
    const {id, reference, texts, regions} = documents[number];
    const [observed, corrected] = [texts[0], texts[system + 1] ?? texts[0]];
    let [at, to, too] = [0, 0, 0];
    let pieces = [];
    let line = 1;
    let first = 1;
    const marks = [...regions[systems.length ? system : 0], [-1, reference.length, reference.length, 0, 0, 0, 0]];
    for (const [outcome, start, end, observedStart, observedEnd, correctedStart, correctedEnd] of marks) {
      while (at < start) {
        const stop = reference.indexOf("\n", at);
        const cut = stop < 0 || stop >= start ? start : stop;
        const same = reference.slice(at, cut);
        if (same) pieces.push([-1, same, same, same]);
        to += cut - at, too += cut - at, at = cut;
        if (cut !== start) {
          yield {id, line: first, pieces};
          pieces = [], at += 1, to += 1, too += 1, first = line += 1;
        }
      }
      if (outcome < 0) break;
      pieces.push([outcome, reference.slice(start, end), observed.slice(observedStart, observedEnd),
        corrected.slice(correctedStart, correctedEnd)]);
      line += reference.slice(start, end).split("\n").length - 1;
      at = end, to = observedEnd, too = correctedEnd;
    }
    if (pieces.length) yield {id, line: first, pieces};
  }

  function wanted({pieces}, kinds, text) {
    const regions = pieces.filter(([outcome]) => outcome >= 0);
    if (kinds.length && !regions.some(([outcome]) => kinds.includes(outcomes[outcome]))) return false;
    if (!text) return true;
    const arrow = text.indexOf("→");
    if (arrow >= 0) {
      const [observed, intended] = [text.slice(0, arrow), text.slice(arrow + 1)].map(
        (side) => side.replaceAll("∅", "").replaceAll("␣", " ").replaceAll("⏎", "\n"));
      return regions.some((piece) => piece[1] === intended && piece.slice(2).includes(observed));
    }
    return [1, 2, 3].some((side) => pieces.map((piece) => piece[side]).join("").includes(text));
  }

  // Browsers draw control characters as boxes; pictures say which they are.
  const legible = (text) =>
    text.replace(/[\0-\x08\x0b\f\x0e-\x1f]/g, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt()));

  function cell(pieces, side) {
    const box = document.createElement("div");
    for (const piece of pieces) {
      if (piece[0] < 0) {
        box.append(legible(piece[side]));
        continue;
      }
      const mark = document.createElement("mark");
      mark.className = outcomes[piece[0]] + (piece[side].trim() ? "" : " empty");
      mark.textContent = legible(piece[side]);
      mark.title = `${systems.length ? outcomes[piece[0]] + ": " : ""}read ${legible(piece[2]) || "∅"}, `
        + `meant ${legible(piece[1]) || "∅"}` + (systems.length ? `, is ${legible(piece[3]) || "∅"}` : "");
      box.append(mark);
    }
    return box;
  }

  function row(cells) {
    const box = document.createElement("div");
    box.className = "row";
    cells.forEach((cell, at) => { cell.dataset.head = heads[at]; });
    box.append(...cells);
    return box;
  }

  function show() {
    for (const {id, line, pieces} of rows.slice(next, next + PAGE)) {
      const place = document.createElement("div");
      place.textContent = `${id}:${line}`;
      lines.append(row([place, ...heads.slice(1).map((_, side) => cell(pieces, side + 1))]));
    }
    next += PAGE;
    more.hidden = next >= rows.length;
  }

  function update() {
    const form = new FormData(filter);
    const system = Number(form.get("system") ?? 0);
    const kinds = form.getAll("outcome");
    const text = form.get("text");
    const chosen = form.get("document") ? [Number(form.get("document"))] : documents.keys();
    rows = [];
    for (const number of chosen) {
      for (const found of rowsOf(number, system)) if (wanted(found, kinds, text)) rows.push(found);
    }
    lines.style.setProperty("--columns", heads.length - 1);
    const head = row(heads.map((name) => Object.assign(document.createElement("div"), {textContent: name})));
    head.classList.add("head");
    lines.replaceChildren(head);
    next = 0;
    show();
    shown.textContent = `lines: ${rows.length.toLocaleString("en")}`;
    const state = new URLSearchParams([...form].filter(([, value]) => value)).toString();
    history.replaceState(null, "", state ? `#texts?${state}` : location.pathname);
  }

  function restore() {
    const state = new URLSearchParams(location.hash.split("?")[1] ?? "");
    for (const field of filter.elements) {
      if (field.type === "checkbox") field.checked = state.getAll(field.name).includes(field.value);
      else if (field.name) field.value = state.get(field.name) ?? field.value;
    }
    update();
  }

  let waiting;
  filter.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(update, 150); });
  filter.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", show);
  document.getElementById("confusion-table").addEventListener("click", (event) => {
    const found = event.target.closest("tr[data-observed]");
    if (!found) return;
    const written = (side) => side.replaceAll(" ", "␣").replaceAll("\n", "⏎") || "∅";
    filter.elements.text.value = `${written(found.dataset.observed)}→${written(found.dataset.intended)}`;
    update();
    document.getElementById("texts").scrollIntoView();
  });
  restore();
})();
