/* The marks of a chart under the hand: hover, click, arrow keys, Enter, Esc, and the frame of the chosen one.

   A trace with customdata has a mark for each point: customdata is what a click reports, hovertext what is
   said of it, meta how far it reaches: "row" (the whole width), "cell" (one unit each way, its text in it), "point". */
const REACH = 24;
const DOT = 9;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Marks {
  constructor(root, scroll, sheet, onChoose) {
    Object.assign(this, { root, scroll, sheet, onChoose, all: [], current: null, chosen: null });
    this.frames = Object.fromEntries(["hovered", "chosen", "focused"].map((name) => [name, div(sheet, `zb-mark ${name}`)]));
    this.texts = div(sheet, "zb-mark-texts");
    this.texts.hidden = false;
    this.label = div(root, "zb-mark-label");
    this.live = div(root, "zb-unseen");
    this.live.ariaLive = "polite";
    sheet.addEventListener("pointermove", (event) => this.hover(this.under(event)));
    sheet.addEventListener("pointerleave", () => this.hover(null));
    sheet.addEventListener("click", (event) => this.choose(this.under(event)));
    sheet.addEventListener("keydown", (event) => this.press(event));
    sheet.addEventListener("blur", () => this.focus(null));
    sheet.addEventListener("focus", () => sheet.matches(":focus-visible") && this.focus(this.resting()));
  }

  /** Find where the marks stand in what has just been drawn, and frame the chosen one. */
  place(plot, { figure, chosen, clickable }) {
    this.isClickable = clickable;
    this.all = figure.data.flatMap((trace) => (trace.customdata ? placed(plot, trace) : []));
    this.texts.replaceChildren(...this.all.filter((mark) => mark.written).map(text));
    this.chosen = chosen;
    this.current = this.all.find((mark) => mark.key === this.current?.key) ?? null;
    this.hover(null);
    frame(this.frames.chosen, this.find(chosen));
    frame(this.frames.focused, this.isFocused() ? this.current : null);
  }

  find(key) {
    return this.all.find((mark) => mark.key === key) ?? null;
  }

  isFocused() {
    return document.activeElement === this.sheet && this.sheet.matches(":focus-visible");
  }

  resting() {
    return this.current ?? this.find(this.chosen) ?? this.all[0] ?? null;
  }

  under(event) {
    const box = this.sheet.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const near = this.all.filter((mark) => away(mark, x, y) <= mark.reach);
    return near.reduce((best, mark) => (best && away(best, x, y) <= away(mark, x, y) ? best : mark), null);
  }

  hover(mark) {
    this.sheet.style.cursor = mark && this.isClickable ? "pointer" : "";
    frame(this.frames.hovered, mark);
    this.say(mark);
  }

  /** The mark's words beside it, inside the chart's own width. */
  say(mark) {
    this.label.hidden = !mark;
    if (!mark) return;
    this.label.textContent = mark.said;
    const left = this.scroll.offsetLeft - this.scroll.scrollLeft + mark.x - this.label.offsetWidth / 2;
    const above = mark.y - mark.high - this.label.offsetHeight - 4;
    this.label.style.left = `${Math.max(0, Math.min(left, this.root.clientWidth - this.label.offsetWidth))}px`;
    this.label.style.top = `${above >= -this.label.offsetHeight ? above : mark.y + mark.high + 4}px`;
  }

  /** Choose a mark, or let go of it where it is the chosen one; shown at once, told to Python. */
  choose(mark) {
    if (!this.isClickable || !mark) return;
    this.current = mark;
    this.report(mark.key === this.chosen ? null : mark);
  }

  report(mark) {
    this.chosen = mark?.key ?? null;
    frame(this.frames.chosen, mark);
    this.live.textContent = mark ? `已选 ${mark.said}` : "已取消选择";
    this.onChoose(this.chosen);
  }

  focus(mark) {
    frame(this.frames.focused, mark);
    this.say(mark);
    if (!mark) return;
    this.current = mark;
    this.live.textContent = mark.said + (mark.key === this.chosen ? "，已选" : "");
    this.frames.focused.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  press(event) {
    const { key } = event;
    if (!this.isClickable || !this.all.length || event.ctrlKey || event.altKey || event.metaKey) return;
    if (key in ARROWS) this.focus(this.beside(this.resting(), ...ARROWS[key]));
    else if (key === "Home" || key === "End") this.focus(this.all.at(key === "Home" ? 0 : -1));
    else if (key === "Enter" || key === " ") this.choose(this.resting());
    else if (key === "Escape" && this.chosen !== null) this.report(null);
    else return;
    event.preventDefault();
  }

  /** The nearest mark in a direction; where none has been yet, the arrow shows the first. */
  beside(from, right, down) {
    if (!this.current) return from;
    const ahead = (mark) => (mark.x - from.x) * right + (mark.y - from.y) * down;
    const aside = (mark) => Math.abs((mark.x - from.x) * down) + Math.abs((mark.y - from.y) * right);
    const cost = (mark) => ahead(mark) + 3 * aside(mark);
    const others = this.all.filter((mark) => ahead(mark) > 1);
    return others.reduce((best, mark) => (best && cost(best) <= cost(mark) ? best : mark), null) ?? from;
  }
}

function div(parent, name) {
  const made = document.createElement("div");
  made.className = name;
  made.hidden = name !== "zb-unseen";
  parent.append(made);
  return made;
}

function frame(box, mark) {
  box.hidden = !mark;
  if (!mark) return;
  const { x, y, wide, high } = mark;
  box.dataset.kind = mark.kind;
  box.style.cssText = `left:${x - wide}px;top:${y - high}px;width:${2 * wide}px;height:${2 * high}px`;
}

/** What is written in a cell: hundreds of texts are four times as fast as HTML than in Plotly's drawing. */
function text({ written, ink, x, y }) {
  const made = document.createElement("span");
  made.textContent = written;
  made.style.cssText = `left:${x}px;top:${y}px;color:${ink}`;
  return made;
}

/** Pixels from a mark's middle where it is a point, from its box where it is one. */
function away(mark, x, y) {
  if (mark.reach) return Math.hypot(mark.x - x, mark.y - y);
  return Math.max(Math.abs(mark.x - x) - mark.wide, Math.abs(mark.y - y) - mark.high);
}

/** A trace's marks: middle, half width and half height in pixels of the sheet. */
function placed(plot, trace) {
  const full = plot._fullLayout;
  const [across, up] = [full[axis(trace.xaxis, "x")], full[axis(trace.yaxis, "y")]];
  const [unit, tall] = [Math.abs(across._m) / 2, Math.abs(up._m) / 2];
  const kind = trace.meta;
  const sizes = { row: [full.width / 2, tall, 0], cell: [unit, tall, 0], point: [DOT, DOT, REACH] };
  const [wide, high, reach] = sizes[kind];
  return trace.customdata.flatMap((key, index) => {
    if (trace.y[index] === null) return [];
    const base = trace.base ? trace.base[index] + trace.y[index] / 2 : trace.y[index];
    const x = kind === "row" ? full.width / 2 : across._offset + across.d2p(trace.x[index]);
    const y = up._offset + up.d2p(base);
    const [written, ink] = kind === "cell" ? [trace.text[index], trace.textfont.color[index]] : [];
    return [{ key, kind, said: trace.hovertext[index], x, y, wide, high, reach, written, ink }];
  });
}

function axis(name = "", letter) {
  return `${letter}axis${name.slice(1)}`;
}
