/* The stage: all slides stand there; keys, edges and time only say which one is shown. */
export default function mount(component) {
  const { slides, titles, first, lost, seconds, out } = component.data;
  const host = component.parentElement;
  const stage = document.createElement("div");
  stage.className = "zb-stage";
  stage.setAttribute("role", "region");
  stage.setAttribute("aria-roledescription", "幻灯片");
  stage.innerHTML = `<div class="frame">${slides
    .map((slide) => `<section hidden>${slide}</section>`)
    .join("")}<p class="foot" aria-live="polite"></p>
    <p class="help"><b>${lost}</b>　← → 翻页　F 全屏　A 自动播放　<a href="${out}" target="_self">Esc 退出</a></p>
    <button class="back" aria-label="上一页">‹</button><button class="on" aria-label="下一页">›</button></div>`;
  host.querySelector(".zb-stage")?.remove();
  host.append(stage);
  const pages = [...stage.querySelectorAll("section")];
  const foot = stage.querySelector(".foot");
  let shown = first - 1;
  let timer;

  function show(number) {
    pages[shown].hidden = true;
    shown = Math.min(pages.length - 1, Math.max(0, number));
    pages[shown].hidden = false;
    foot.textContent = `${shown + 1} / ${pages.length}`;
    stage.setAttribute("aria-label", titles[shown]);
    const address = new URL(location.href);
    address.searchParams.set("slide", shown + 1);
    history.replaceState(history.state, "", address);
  }
  function turn(step) {
    stage.classList.add("moved");
    show(shown + step);
  }
  function play() {
    if (timer) return void (timer = clearInterval(timer));
    timer = setInterval(() => show((shown + 1) % pages.length), 1000 * (seconds || 20));
  }
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else stage.requestFullscreen?.();
  }
  const keys = {
    ArrowRight: () => turn(1), PageDown: () => turn(1), " ": () => turn(1), Enter: () => turn(1),
    ArrowLeft: () => turn(-1), PageUp: () => turn(-1), Backspace: () => turn(-1),
    Home: () => show(0), End: () => show(pages.length - 1),
    f: full, F: full, a: play, A: play,
    Escape: () => { if (!document.fullscreenElement) location.assign(out); },
  };
  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    if (event.target.closest?.("a, button") && (event.key === "Enter" || event.key === " ")) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  }
  document.addEventListener("keydown", pressed, true);
  stage.querySelector(".back").onclick = () => turn(-1);
  stage.querySelector(".on").onclick = () => turn(1);
  show(shown);
  if (seconds) play();
  return () => {
    document.removeEventListener("keydown", pressed, true);
    clearInterval(timer);
    stage.remove();
  };
}
