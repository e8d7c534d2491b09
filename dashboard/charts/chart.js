/* One chart: Plotly draws the figure and updates it in place; marks.js takes clicks and keys.

   Streamlit calls mount() with the same parentElement at every rerun; the figure comes as UTF-8 JSON:
   {spoken, chosen, clickable, figure}, see drawing.py. Plotly itself is loaded once a page. */
import { Marks } from "./marks.js";
import { LOCALE, TEMPLATE } from "./tokens.js";

const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, locale: LOCALE.name };
const charts = new WeakMap();
let library;

export default function mount(component) {
  const host = component.parentElement;
  if (!charts.has(host)) charts.set(host, new Chart(host));
  const chart = charts.get(host);
  chart.onChoose = (mark) => component.setTriggerValue("chosen", mark);
  chart.show(new TextDecoder().decode(component.data));
  return () => chart.remove();
}

function loaded() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("./plotly.min.js", import.meta.url);
    script.onerror = () => reject(new Error("图表程序没有载入，请刷新页面。"));
    script.onload = () => {
      window.Plotly.register({ moduleType: "locale", ...LOCALE });
      resolve(window.Plotly);
    };
    document.head.append(script);
  });
  return library;
}

function element(parent, kind, name) {
  const made = document.createElement(kind);
  made.className = name;
  parent.append(made);
  return made;
}

class Chart {
  constructor(host) {
    this.root = element(host, "div", "zb-chart");
    this.names = element(this.root, "div", "zb-chart-names");
    this.names.ariaHidden = "true";
    this.scroll = element(this.root, "div", "zb-chart-scroll");
    this.sheet = element(this.scroll, "div", "zb-chart-sheet");
    this.plot = element(this.sheet, "div", "zb-chart-plot");
    this.table = element(element(this.root, "div", "zb-unseen"), "table", "");
    this.marks = new Marks(this.root, this.scroll, this.sheet, (mark) => this.onChoose(mark));
    this.turn = Promise.resolve();
    this.width = 0;
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.root);
  }

  /** Draw what Python sent, unless it is what stands there already. */
  show(sent) {
    if (sent === this.sent) return;
    this.sent = sent;
    this.told = JSON.parse(sent);
    this.figure = sent.slice(sent.indexOf('"figure":'));
    this.describe();
    this.draw();
  }

  fit() {
    if (this.told && this.room() !== this.width) this.draw();
  }

  room() {
    return Math.max(this.told.figure.layout.meta?.least ?? 0, Math.floor(this.scroll.clientWidth));
  }

  /** One drawing after the other; what was overtaken meanwhile is left out. */
  draw() {
    const told = this.told;
    this.turn = this.turn
      .then(loaded)
      .then((Plotly) => told === this.told && this.react(Plotly))
      .catch((problem) => {
        console.error(problem);
        this.plot.textContent = `图没有画出来：${problem.message}`;
      });
  }

  /** Where the figure is the one that stands there, only what is chosen is framed anew. */
  async react(Plotly) {
    const width = this.room();
    if (!width) return;
    if (this.drawn !== this.figure || this.width !== width) await this.plotted(Plotly, width);
    this.marks.place(this.plot, this.told);
  }

  async plotted(Plotly, width) {
    const { data, layout } = this.told.figure;
    Object.assign(this, { drawn: this.figure, width });
    const isMarked = data.some((trace) => trace.customdata);
    const whole = { ...layout, template: TEMPLATE, width };
    await Plotly.react(this.plot, data, whole, { ...CONFIG, staticPlot: isMarked });
    if (layout.meta?.latest_first && !this.isScrolled) this.scroll.scrollLeft = this.scroll.scrollWidth;
    this.isScrolled = true;
  }

  /** What stands beside the drawing: the rows' names, the words for who cannot see it. */
  describe() {
    const { figure, spoken, clickable } = this.told;
    const { names = [] } = figure.layout.meta ?? {};
    this.names.style.paddingTop = `${figure.layout.margin.t}px`;
    this.names.replaceChildren(...names.map((name) => Object.assign(document.createElement("div"), { textContent: name })));
    this.sheet.style.height = `${figure.layout.height}px`;
    this.sheet.setAttribute("role", clickable ? "application" : "img");
    this.sheet.setAttribute("aria-label", clickable ? `${spoken}。方向键移动，回车点选，Esc 取消。` : spoken);
    if (clickable) this.sheet.tabIndex = 0;
    else this.sheet.removeAttribute("tabindex");
    setTimeout(() => this.table.replaceChildren(...rows(figure, spoken)));
  }

  remove() {
    this.observer.disconnect();
    window.Plotly?.purge(this.plot);
    this.root.remove();
  }
}

/** The figure as rows of a table: each mark's own words, else each trace's values. */
function* rows(figure, spoken) {
  const caption = document.createElement("caption");
  caption.textContent = spoken;
  yield caption;
  for (const trace of figure.data)
    for (const [index, x] of (trace.x ?? []).entries()) {
      const row = document.createElement("tr");
      const said = trace.hovertext?.[index];
      for (const cell of said ? [said] : [trace.name ?? "", x, trace.y[index] ?? "—"])
        row.append(Object.assign(document.createElement("td"), { textContent: cell }));
      yield row;
    }
}
