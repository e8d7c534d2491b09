/* Notes when a choice was made and when what is watched changed last; times in ms since the page began to load. */
window.bench = { watched: WATCHED, figure: FIGURE, began: 0, figures: 0, last: 0 };

for (const kind of ["keydown", "change"])
  addEventListener(kind, (event) => {
    const isChoice = kind === "change" ? event.target.matches("select") : ["Enter", "Backspace"].includes(event.key);
    if (isChoice && !bench.began) bench.began = performance.now();
  }, true);

function isWatched(change) {
  const target = change.target.closest ? change.target : change.target.parentElement;
  if (target?.closest(bench.watched)) return true;
  return [...change.addedNodes].some((node) => node.querySelector?.(bench.watched) || node.matches?.(bench.watched));
}

new MutationObserver((changes) => {
  if (!changes.some(isWatched)) return;
  bench.last = performance.now();
  if (!bench.figures && document.querySelectorAll(bench.figure).length >= 6) bench.figures = bench.last;
}).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });

/** Whether the figures asked for stand there and nothing watched has changed for so long. */
window.settled = (texts, quiet) => {
  const shown = [...document.querySelectorAll(bench.figure)].map((element) => element.innerText.trim());
  const isThere = texts.every((text) => shown.includes(text));
  return isThere && bench.last > bench.began && performance.now() - bench.last > quiet;
};
