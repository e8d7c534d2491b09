// Streamlit's fixed English in Chinese, where its API sets no words; and a phone's menu that closes after a choice.
const WORDS = {
  "App pages": "页面菜单",
  "Choose an option": "请选择",
  "Choose date": "选择日期",
  "Close": "关闭",
  "Collapse sidebar": "收起筛选",
  "Dismiss": "关闭",
  "Expand sidebar": "展开菜单与筛选",
  "Next month": "下个月",
  "Next page": "下一页",
  "No results": "没有符合的选项",
  "Open": "展开",
  "Page not found": "没有这一页",
  "Previous month": "上个月",
  "Previous page": "上一页",
  "Sidebar": "筛选",
  "Skip to main content": "跳到正文",
  "Upload": "选择文件",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键选日期，回车选定，Esc 关闭。",
  "You need to enable JavaScript to run this app.": "请在浏览器中启用 JavaScript。",
  "Connecting": "正在连接",
  "Connection error": "连接中断",
  "Clear all": "全部清除",
  "Clear value": "清除",
  "file upload": "选择文件",
  "yyyy": "年",
  "mm": "月",
  "dd": "日",
};
const PATTERNS = [
  [/^Choose date, (.*)$/, "选择日期，$1"],
  [/^Help for (.*)$/, "$1的说明"],
  [/^Fullscreen: (.*)$/, "全屏：$1"],
  [/^Search: (.*)$/, "查找：$1"],
  [/^Show\/hide columns: (.*)$/, "显示或隐藏列：$1"],
  [/^(\d+) options? available\.$/, "$1 个选项。"],
  [/^Page (\d+)$/, "第 $1 页"],
  [/^Remove (.*)$/, "移除 $1"],
  [/^Clear (.*)$/, "清除 $1"],
  [/^day, (.*)$/, "日，$1"],
  [/^month, (.*)$/, "月，$1"],
  [/^year, (.*)$/, "年，$1"],
  [/^Limit (\d+)MB per file.*$|^(\d+)MB per file.*$/, "或把文件拖到这里，每份不超过 $1$2 MB"],
  [/^The page that you have requested does not seem to exist.*$/s, "这个网址没有对应的页面，已打开总览。"],
  [/^Selected Date: (.*)$/, (_, day) => `已选 ${chineseDay(day)}`],
];
const SPOKEN = ["aria-label", "placeholder", "title"];
const PHONE = 768;

function chineseDay(english) {
  const day = new Date(english);
  return isNaN(day) ? english : `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日`;
}

function chinese(text) {
  const plain = text.trim();
  if (!/[A-Za-z]/.test(plain)) return text;
  if (Object.hasOwn(WORDS, plain)) return WORDS[plain];
  const found = PATTERNS.find(([pattern]) => pattern.test(plain));
  return found ? plain.replace(found[0], found[1]) : text;
}

// Of several lists each has its own pages: they are told apart by the title above them.
function pages(node) {
  const above = [...document.querySelectorAll(".zb-title")].filter(
    (title) => title.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const title = above.at(-1)?.firstChild?.textContent ?? "";
  return `翻页：${title.split(/[：，\d]/)[0]}`;
}

// What the ledgers hold is drawn inside .zb and in tables' cells: it is never touched.
function isOurs(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return !element || element.closest(".zb, script, style, textarea, td, [data-testid=stMarkdown]");
}

function reword(node) {
  if (isOurs(node)) return;
  if (node.nodeType === Node.TEXT_NODE) {
    const said = chinese(node.nodeValue);
    if (said !== node.nodeValue) node.nodeValue = said;
    return;
  }
  for (const name of SPOKEN) {
    const value = node.getAttribute?.(name);
    const said = value && (value === "Pagination" ? pages(node) : chinese(value));
    if (value && said !== value) node.setAttribute(name, said);
  }
}

function rewordAll(root) {
  reword(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) reword(walker.currentNode);
}

new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(rewordAll);
    else reword(change.target);
  }
}).observe(document, {
  attributeFilter: SPOKEN, attributes: true, characterData: true, childList: true, subtree: true,
});

document.addEventListener("click", (event) => {
  const isChoice = innerWidth < PHONE && event.target.closest?.("[data-testid=stSidebarNavLink]");
  if (isChoice) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
});
