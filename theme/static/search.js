// The search page: asks Pagefind's index, which lies beside the site, as its reader types. Nothing is sent anywhere.
const form = document.getElementById("search");
const said = form.querySelector("output");
const found = document.getElementById("found");
const more = document.getElementById("more");
const root = document.documentElement;
const { words } = form.elements;
const { index, ...phrases } = form.dataset;
const few = 10;

// An index has a part for each language. Pagefind takes that of the page, so the page has each language for a moment; and
// it has room for one, so it is loaded under a name for each.
const open = async () => {
  const at = new URL(index, location.href);
  const { languages } = await (await fetch(new URL("pagefind-entry.json", at))).json();
  return Promise.all(Object.keys(languages).map(async language => {
    const { createInstance } = await import(`${at}?${language}`);
    const own = root.lang;
    root.lang = language;
    const part = createInstance({ noWorker: true });
    root.lang = own;
    return { language, part };
  }));
};
let opened;
const parts = () => opened ??= open();

const look = async query => {
  const results = await Promise.all((await parts()).map(async ({ language, part }) =>
    (await part.search(query)).results.map(result => ({ language, ...result }))));
  return results.flat().sort((one, other) => other.score - one.score);
};

// An excerpt is HTML only in that found words are marked, and `<` is written as HTML writes it. It may begin with the
// title, which stands above it.
const excerpt = (html, title) => {
  const pieces = html.split(/<\/?mark>/).map(piece => piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  const whole = pieces.join("");
  let left = whole.startsWith(title) ? title.length + /^\.?\s*/.exec(whole.slice(title.length))[0].length : 0;
  return pieces.map((piece, number) => {
    const kept = piece.slice(left);
    left = Math.max(left - piece.length, 0);
    if (number % 2 === 0 || !kept) return kept;
    const mark = document.createElement("mark");
    mark.append(kept);
    return mark;
  });
};

const entry = ({ language, url, meta, excerpt: html }) => {
  const article = document.createElement("article");
  const [heading, link, lines] = ["h2", "a", "p"].map(name => document.createElement(name));
  article.className = "entry";
  article.lang = language;
  article.dir = "auto";
  link.href = url;
  link.append(meta.title ?? url);
  heading.append(link);
  lines.append(...excerpt(html, meta.title ?? ""));
  article.append(heading, lines);
  return article;
};

let turn = 0;
let rest = [];
const show = async mine => {
  const next = rest.splice(0, few);
  const entries = await Promise.all(next.map(async result => entry({ ...result, ...await result.data() })));
  if (mine !== turn) return;
  found.append(...entries);
  more.hidden = !rest.length;
};

// An answer that comes when the question has changed is let go.
const search = async () => {
  const query = words.value.trim();
  const mine = ++turn;
  history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  said.value = query ? phrases.looking : "";
  try {
    const results = query ? await look(query) : [];
    if (mine !== turn) return;
    rest = [...results];
    found.replaceChildren();
    more.hidden = true;
    await show(mine);
    if (query && mine === turn) said.value = results.length ? `${phrases.found} ${results.length}` : phrases.none;
  } catch {
    opened = undefined;
    if (mine === turn) said.value = phrases.failed;
  }
};

let typing;
words.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(search, 250);
});
form.addEventListener("submit", event => {
  event.preventDefault();
  clearTimeout(typing);
  search();
});
more.addEventListener("click", () => show(turn));

form.hidden = false;
words.value = new URLSearchParams(location.search).get("q") ?? "";
if (words.value) search();
