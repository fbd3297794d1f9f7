// The share page: the way to a reader's own Mastodon server, the clipboard, the device's own ways. It keeps nothing;
// what it says is the page's, in the page's language.
const form = document.getElementById("share");
const { words, server, copy, pass } = form.elements;
const said = form.querySelector("output");

// People know their server as a name, an address or the end of their own; only the name of a host counts.
const host = written => {
  const name = written.trim().replace(/^https?:\/\//i, "").replace(/[/?#].*$/, "").replace(/^.*@/, "");
  try {
    const { href, hostname } = new URL(`https://${name}`);
    return href === `https://${hostname}/` && /^([a-z0-9-]+\.)+[a-z][a-z0-9-]+$/.test(hostname) ? hostname : "";
  } catch {
    return "";
  }
};

words.value = new URLSearchParams(location.search).get("text") || words.value;
form.hidden = false;
copy.hidden = !navigator.clipboard;
pass.hidden = !navigator.share;

server.addEventListener("input", () => server.setCustomValidity(""));
form.addEventListener("submit", event => {
  event.preventDefault();
  const name = host(server.value);
  server.setCustomValidity(name ? "" : form.dataset.name);
  if (form.reportValidity()) location.assign(`https://${name}/share?text=${encodeURIComponent(words.value)}`);
});
copy.addEventListener("click", () => navigator.clipboard.writeText(words.value).then(
  () => { said.value = form.dataset.copied; },
  () => { words.select(); said.value = form.dataset.kept; },
));
pass.addEventListener("click", () => navigator.share({ text: words.value }).catch(() => {}));
