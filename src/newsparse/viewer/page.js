"use strict";
// Draws the page from the data beside it. Text of the dump is only ever set as text; no markup is made from it.

const data = JSON.parse(document.getElementById("data").textContent);
const looks = data.looks.map(([name, label, sign, place, aside]) => ({ name, label, sign, place, aside }));
const blank = looks.findIndex(look => look.name === "blank");
const total = data.lines.length;
const owners = data.owners.flatMap(([article, count]) => Array(count).fill(article));
const folded = data.lines.map(text => text.toLowerCase());
const doubts = data.margins.flatMap((margin, line) => (margin >= 0 && margin < data.doubt ? [line] : []));
const isDoubt = new Set(doubts);

// Rows and pieces are kept in chunks, so that the browser lays out only what is seen.
const CHUNK = 100;
const PIECES = 25;
// More chunks than are seen when none of their rows is hidden.
const FEW = 8;
const ROW_HEIGHT = 21;
// Margins from this one on fill the meter; the mark at a quarter of it is where close calls end.
const FULL_MARGIN = 4 * data.doubt;

const get = id => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const lookClass = look => look.name + (look.aside ? " aside" : "");

// ---- lines

const list = get("lines");
const rows = [];
const chunks = [];
// The chunks that the browser lays out now: the matches in these are painted.
const near = new Set();
const moulds = looks.map(look =>
  make("div", { class: `line ${lookClass(look)}`, role: "option", tabindex: "-1", "aria-selected": "false" },
    make("span", { class: "number" }), make("span", { class: "role", "data-sign": look.sign }, look.label),
    make("span", { class: "text", dir: "auto" })));

function drawLines() {
  let before = -1;
  for (let first = 0; first < total; first += CHUNK) {
    const chunk = make("div", { class: "chunk", role: "presentation" });
    for (let line = first; line < Math.min(first + CHUNK, total); line++) {
      const row = moulds[data.roles[line]].cloneNode(true);
      row.id = `L${line + 1}`;
      row.line = line;
      row.firstChild.textContent = line + 1;
      row.lastChild.textContent = data.lines[line];
      if (isDoubt.has(line)) row.classList.add("doubt");
      if (owners[line] >= 0 && owners[line] !== before) {
        before = owners[line];
        row.classList.add("starts");
        row.dataset.article = before + 1;
      }
      rows.push(row);
      chunk.append(row);
    }
    chunks.push(chunk);
  }
  list.append(...chunks);
}

// ---- what is shown: roles chosen and the search

const chosen = new Set();
let query = "";
let matches = [];
let shown = [];
let onlyMatches = false;

function refresh() {
  const isMatch = new Uint8Array(total);
  matches = [];
  if (query) {
    for (let line = 0; line < total; line++) if (folded[line].includes(query)) { isMatch[line] = 1; matches.push(line); }
  }
  shown = [];
  const wide = Math.max(20, (list.clientWidth - 230) / 7.6);
  chunks.forEach((chunk, number) => {
    let height = 0;
    const last = Math.min((number + 1) * CHUNK, total);
    for (let line = number * CHUNK; line < last; line++) {
      const role = data.roles[line];
      const show = (!chosen.size || chosen.has(role) || (chosen.has(-1) && isDoubt.has(line))) && (!onlyMatches || !query || isMatch[line] === 1);
      if (rows[line].hidden === show) rows[line].hidden = !show;
      if (!show) continue;
      shown.push(line);
      height += ROW_HEIGHT * Math.max(1, Math.ceil(data.lines[line].length / wide));
    }
    chunk.hidden = !height;
    chunk.style.containIntrinsicHeight = `${height}px`;
  });
  if (near.size > FEW) forget();
  list.classList.toggle("none", !shown.length);
  paintMatches();
  drawMap();
  tell();
  if (!shown.includes(current)) setCurrent(shown[0] ?? -1);
}

// Lets the browser decide anew which chunks are seen: of many nearly empty ones that fill again few are.
function forget() {
  for (const chunk of near) chunk.style.contentVisibility = "hidden";
  for (const chunk of near) getComputedStyle(chunk).contentVisibility;
  for (const chunk of near) chunk.style.contentVisibility = "";
}

function tell() {
  const parts = [];
  if (query) parts.push(matches.length ? count(matches.length, "match").replace("matchs", "matches") : "no match");
  if (shown.length < total) parts.push(`${shown.length.toLocaleString("en")} of ${count(total, "line")}`);
  get("status").textContent = parts.join(" · ");
}

function paintMatches() {
  if (!("highlights" in CSS)) return;
  const found = new Highlight();
  for (const line of matches) {
    if (!near.has(rows[line].parentNode)) continue;
    const node = rows[line].lastChild.firstChild;
    // Folding may change a text's length (as of the Turkish dotted capital I); then places no longer fit.
    if (folded[line].length !== node.length) continue;
    for (let at = folded[line].indexOf(query); at >= 0; at = folded[line].indexOf(query, at + query.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + query.length);
      found.add(range);
    }
  }
  CSS.highlights.set("found", found);
}

function drawRoles() {
  const counts = looks.map(() => 0);
  for (const role of data.roles) counts[role]++;
  const add = (key, look, label, number) => {
    const button = make("button", { type: "button", class: lookClass(look), "aria-pressed": "false", "data-role": look.name }, label, make("span", {}, number.toLocaleString("en")));
    button.addEventListener("click", () => {
      const press = !chosen.delete(key);
      if (press) chosen.add(key);
      button.setAttribute("aria-pressed", press);
      refresh();
    });
    if (key < 0) get("jumps").prepend(button);
    else get("jumps").before(button);
  };
  looks.forEach((look, role) => { if (counts[role]) add(role, look, look.label, counts[role]); });
  if (doubts.length) add(-1, { name: "doubts" }, "close calls", doubts.length);
  fillBar(get("whole"), counts, "Roles of all lines");
  return counts;
}

function fillBar(bar, counts, title) {
  const parts = [];
  looks.forEach((look, role) => {
    if (!counts[role] || role === blank) return;
    const part = make("span", { class: lookClass(look), title: `${look.label}: ${count(counts[role], "line")}` });
    part.style.flexGrow = counts[role];
    bar.append(part);
    parts.push(`${counts[role]} ${look.label}`);
  });
  bar.setAttribute("aria-label", `${title}: ${parts.join(", ") || "none"}`);
}

// ---- articles

const cards = get("cards");
const pieces = [];
const piecesOf = new Map();

function drawCards() {
  const counts = data.articles.map(() => looks.map(() => 0));
  for (let line = 0; line < total; line++) if (owners[line] >= 0) counts[owners[line]][data.roles[line]]++;
  data.articles.forEach((article, index) => {
    const bar = make("div", { class: "bar", role: "img" });
    fillBar(bar, counts[index], `Roles of the lines of article ${index + 1}`);
    const words = counts[index].reduce((sum, number, role) => sum + (role === blank ? 0 : number), 0);
    const sure = article.sure === null ? "" : `${Math.round(100 * article.sure)} % of them sure`;
    const card = make("article", { class: "card", "aria-label": `Article ${index + 1}` }, bar,
      make("div", { class: "top" }, make("span", {}, `Article ${index + 1}`), make("span", {}, [count(words, "line"), sure].filter(Boolean).join(", "))));
    let paragraph = 0;
    let chunk;
    article.pieces.forEach(([kind, spans, text, details, words], number) => {
      if (number % PIECES === 0) card.append((chunk = make("div", { class: "chunk" })));
      if (kind === "body") paragraph++;
      chunk.append(drawPiece(kind, spans, text, details, words, index, kind === "body" ? `¶ ${paragraph}` : kind));
    });
    cards.append(card);
  });
  if (!data.articles.length) cards.append(make("p", { class: "none" }, "No article was found in this dump."));
  else pieces[0].tabIndex = 0;
}

function drawPiece(kind, spans, text, details, words, article, label) {
  const lines = [];
  for (let at = 0; at < spans.length; at += 2) for (let line = spans[at]; line <= spans[at + 1]; line++) lines.push(line);
  const inside = make("div", { dir: "auto" }, text ?? lines.map(line => data.lines[line].trim()).join(" "));
  if (details.length) inside.append(make("dl", {}, ...details.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", { dir: "auto" }, value)))));
  const style = kind === "published" || kind === "updated" ? "timestamp" : kind;
  const element = make("div", { class: `piece ${style}`, tabindex: "-1" }, make("span", { class: "kind" }, label), inside);
  Object.assign(element, { kind, label, article, lines, words });
  if (lines.length) element.setAttribute("data-lines", "");
  for (const line of lines) {
    if (!piecesOf.has(line)) piecesOf.set(line, []);
    piecesOf.get(line).push(element);
  }
  pieces.push(element);
  return element;
}

// ---- the light: a line and its pieces, a piece and its lines

let current = -1;
let lit = [];

function light(elements) {
  for (const element of lit) element.classList.remove("lit");
  lit = elements;
  for (const element of lit) element.classList.add("lit");
}

function showLine(line) {
  if (line < 0) return;
  const own = piecesOf.get(line) ?? [];
  light(own);
  explain(line, own);
}

function showPiece(piece) {
  light([piece, ...piece.lines.map(line => rows[line])]);
  if (piece.lines.length) explain(piece.lines[0], [piece], piece);
}

// Underlines the words that the pieces were read from.
function paintWords(own) {
  if (!("highlights" in CSS)) return;
  const found = new Highlight();
  for (const piece of own) for (const line of piece.lines) for (const words of piece.words) {
    const node = rows[line].lastChild.firstChild;
    const at = data.lines[line].indexOf(words);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    found.add(range);
  }
  CSS.highlights.set("words", found);
}

function explain(line, own, from) {
  paintWords(own);
  const look = looks[data.roles[line]];
  const article = owners[line];
  const what = get("what");
  const where = own.filter(piece => piece.kind !== "record").map(piece => (piece.kind === "body" ? `body, paragraph ${piece.label.slice(2)}` : piece.kind));
  const aside = look.aside || !where.length;
  const place = aside ? (look.aside ? `set aside: ${look.place}` : look.place) : where.join("; ");
  const others = from && from.lines.length > 1 ? `, the first of ${from.lines.length}` : "";
  what.replaceChildren(
    make("p", {}, make("span", { class: `tag ${look.name}` }, look.label), ` line ${(line + 1).toLocaleString("en")}${others}`),
    make("p", { class: "place" }, article >= 0 ? `article ${article + 1} · ${place}` : place), ...sureness(line, look));
  const reasons = (data.sets[data.why[line]] ?? []).map(number => data.reasons[number]);
  const most = Math.max(1, ...reasons.map(([, weight]) => Math.abs(weight)));
  get("reasons").replaceChildren(...reasons.map(([name, weight]) => reason(data.names[name], weight, most, look)));
  if (!reasons.length) {
    const why = data.roles[line] === blank ? "A blank line needs no reason." : "No observation weighs on this line: its neighbours decide.";
    get("reasons").append(make("li", { class: "faint" }, data.sets.some(members => members.length) ? why : "This dump was stored without its reasons."));
    get("reasons").lastChild.style.display = "block";
  }
}

function sureness(line, look) {
  const margin = data.margins[line];
  if (margin < 0) return [];
  const fill = make("span", { class: look.name });
  fill.style.width = `${Math.min(100, (100 * margin) / FULL_MARGIN)}%`;
  const other = looks[data.others[line]];
  const next = other === look ? "an article that starts elsewhere" : other.label;
  const meter = make("div", { class: "meter", role: "img", "aria-label": `margin ${margin}, close below ${data.doubt}` }, fill);
  const text = `${margin.toLocaleString("en")} ahead of ${next}`;
  return [meter, make("p", { class: "faint" }, margin < data.doubt ? `▲ Close call: only ${text}.` : `Sure: ${text}.`)];
}

function reason(name, weight, most, look) {
  const bar = make("span");
  const width = (50 * Math.abs(weight)) / most;
  bar.style.width = `${width}%`;
  bar.style[weight < 0 ? "marginRight" : "marginLeft"] = `${width}%`;
  return make("li", { class: `${look.name} ${weight < 0 ? "against" : "for"}` },
    make("span", { class: "gauge" }, bar), make("b", {}, `${weight < 0 ? "−" : "+"}${Math.abs(weight)}`), make("code", {}, name));
}

// ---- going there

function setCurrent(line) {
  if (current >= 0) {
    rows[current].tabIndex = -1;
    rows[current].setAttribute("aria-selected", "false");
    rows[current].removeAttribute("aria-describedby");
  }
  current = line;
  if (line < 0) return;
  rows[line].tabIndex = 0;
  rows[line].setAttribute("aria-selected", "true");
  // Who listens to the page hears where the line went, too.
  rows[line].setAttribute("aria-describedby", "what");
}

function goTo(line, focus = true) {
  if (line === undefined || line < 0) return;
  if (rows[line].hidden) clearFilters();
  setCurrent(line);
  if (focus) rows[line].focus({ preventScroll: true });
  rows[line].scrollIntoView({ block: "nearest" });
  showLine(line);
  (piecesOf.get(line) ?? [])[0]?.scrollIntoView({ block: "nearest" });
}

function clearFilters() {
  chosen.clear();
  for (const button of get("roles").querySelectorAll("[data-role]")) button.setAttribute("aria-pressed", "false");
  onlyMatches = false;
  get("only").setAttribute("aria-pressed", "false");
  get("search").value = query = "";
  refresh();
}

// The next of some lines, from the current one on and then from the other end.
function step(lines, forward) {
  const visible = lines.filter(line => !rows[line].hidden);
  const pool = visible.length ? visible : lines;
  return forward ? pool.find(line => line > current) ?? pool[0] : pool.findLast(line => line < current) ?? pool.at(-1);
}

function moveRow(key) {
  const at = Math.max(0, shown.indexOf(current));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 20, PageUp: at - 20, Home: 0, End: shown.length - 1 }[key];
  goTo(shown[Math.min(Math.max(to, 0), shown.length - 1)]);
}

function movePiece(piece, key) {
  const at = pieces.indexOf(piece);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: pieces.length - 1 }[key];
  focusPiece(pieces[Math.min(Math.max(to, 0), pieces.length - 1)]);
}

function focusPiece(piece) {
  cards.querySelector('.piece[tabindex="0"]').tabIndex = -1;
  piece.tabIndex = 0;
  piece.focus({ preventScroll: true });
  piece.scrollIntoView({ block: "nearest" });
  showPiece(piece);
  if (piece.lines.length && !rows[piece.lines[0]].hidden) rows[piece.lines[0]].scrollIntoView({ block: "nearest" });
}

const MOVES = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End"];

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest(".line");
  const piece = event.target.closest(".piece");
  if (MOVES.includes(event.key) && (row || piece)) row ? moveRow(event.key) : movePiece(piece, event.key);
  else if (event.key === "Enter" && row) { const own = piecesOf.get(row.line); if (own) focusPiece(own[0]); }
  else if (event.key === "Enter" && piece) goTo(piece.lines[0]);
  else if (event.key === "n" || event.key === "N") goTo(step(doubts, !event.shiftKey));
  else if (event.key === "/") get("search").focus();
  else if (event.key === "Escape") clearFilters();
  else return;
  event.preventDefault();
}

// ---- the map: every line shown, one above the other, in the colour of its role

const map = get("map");
let colours = [];

function drawMap() {
  const height = map.clientHeight;
  if (!height) return;
  map.height = height;
  const paint = map.getContext("2d");
  const tall = Math.min(3, height / Math.max(1, shown.length));
  shown.forEach((line, place) => {
    if (data.roles[line] === blank) return;
    paint.globalAlpha = looks[data.roles[line]].aside ? 0.35 : 0.9;
    paint.fillStyle = colours[data.roles[line]];
    paint.fillRect(isDoubt.has(line) ? 0 : 3, place * tall, 12, Math.max(tall * 0.8, 0.5));
  });
}

function colourOf(name) {
  const probe = make("span", { class: name });
  document.body.append(probe);
  probe.style.color = "var(--role)";
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function onMap(event) {
  const tall = Math.min(3, map.clientHeight / Math.max(1, shown.length));
  const line = shown[Math.min(shown.length - 1, Math.floor(event.offsetY / tall))];
  rows[line]?.scrollIntoView({ block: "center" });
}

// ---- the page

function drawTitle() {
  document.querySelector("h1").textContent = data.name;
  get("facts").textContent = [count(data.articles.length, "article"), count(total, "line"), ...data.facts.map(([name, value]) => `${name} ${value}`)].join(" · ");
  if (!data.issues.length) return;
  get("issues").hidden = false;
  get("issues").firstElementChild.textContent = count(data.issues.length, "issue");
  for (const [code, message, line, plugin] of data.issues) {
    const item = make("li", {}, make("b", {}, code), ` ${message}`, plugin ? ` (${plugin})` : "");
    if (line >= 1 && line <= total) {
      const button = make("button", { type: "button" }, `line ${line}`);
      button.addEventListener("click", () => goTo(line - 1));
      item.append(" ", button);
    }
    get("issues").lastElementChild.append(item);
  }
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

function onTheme() {
  get("theme").textContent = isDark() ? "Light" : "Dark";
  colours = looks.map(look => colourOf(look.name));
  drawMap();
}

function listen() {
  list.addEventListener("contentvisibilityautostatechange", event => {
    event.skipped ? near.delete(event.target) : near.add(event.target);
    if (query) paintMatches();
  }, { capture: true });
  list.addEventListener("pointerover", event => { const row = event.target.closest(".line"); if (row) showLine(row.line); });
  list.addEventListener("pointerleave", () => showLine(current));
  list.addEventListener("click", event => { const row = event.target.closest(".line"); if (row && getSelection().isCollapsed) goTo(row.line); });
  list.addEventListener("focusin", event => { const row = event.target.closest(".line"); if (row) { setCurrent(row.line); showLine(row.line); } });
  cards.addEventListener("pointerover", event => { const piece = event.target.closest(".piece"); if (piece) showPiece(piece); });
  cards.addEventListener("pointerleave", () => showLine(current));
  cards.addEventListener("click", event => { const piece = event.target.closest(".piece"); if (piece && getSelection().isCollapsed) focusPiece(piece); });
  cards.addEventListener("focusin", event => { const piece = event.target.closest(".piece"); if (piece) showPiece(piece); });
  list.addEventListener("keydown", onKey);
  cards.addEventListener("keydown", onKey);
  get("search").addEventListener("input", event => { query = event.target.value.toLowerCase(); refresh(); });
  get("search").addEventListener("keydown", event => {
    if (event.key === "Enter" && matches.length) goTo(step(matches, !event.shiftKey), false);
    if (event.key === "Escape") clearFilters();
  });
  get("only").addEventListener("click", event => {
    onlyMatches = !onlyMatches;
    event.target.setAttribute("aria-pressed", onlyMatches);
    refresh();
  });
  get("next").addEventListener("click", () => goTo(step(doubts, true), false));
  get("previous").addEventListener("click", () => goTo(step(doubts, false), false));
  get("next").disabled = get("previous").disabled = !doubts.length;
  get("print").addEventListener("click", () => print());
  get("help").addEventListener("click", () => get("keys").showModal());
  get("theme").addEventListener("click", () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; onTheme(); });
  dark.addEventListener("change", onTheme);
  map.addEventListener("pointerdown", onMap);
  map.addEventListener("pointermove", event => { if (event.buttons) onMap(event); });
  addEventListener("resize", drawMap);
}

drawTitle();
drawLines();
drawRoles();
drawCards();
listen();
onTheme();
refresh();
showLine(current);
