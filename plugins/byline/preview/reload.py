"""Reload: the script that reloads an open page after a save, put into pages by the preview, never in output/.

Not the events themselves: `server` sends those.
"""

from __future__ import annotations

import re

from byline.values.html import escape

EVENTS = "/.byline/events"
"""Where the preview tells the site's state; no output stands there, for names with a dot are the writer's own."""

_SCRIPT = """\
(() => {
  const { state, events } = document.currentScript.dataset;
  let memory;
  try { memory = sessionStorage } catch { /* blocked: nothing is remembered */ }
  const recall = (name) => JSON.parse(memory?.getItem(name) ?? "[]");

  const [page, left, top] = recall("byline-scroll");
  memory?.removeItem("byline-scroll");
  if (page === location.pathname) {
    const restore = () => scrollTo({ left, top, behavior: "instant" });
    restore();
    addEventListener("load", () => requestAnimationFrame(restore), { once: true });
  }
  const reload = () => {
    memory?.setItem("byline-scroll", JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  };

  // A hidden page holds no connection, of which browsers allow six; shown again, it catches up.
  let stream;
  const listen = () => {
    stream?.close();
    if (document.hidden) return;
    stream = new EventSource(events);
    stream.onmessage = ({ data }) => { if (data !== state) { stream.close(); reload(); } };
    stream.onerror = () => { stream.close(); setTimeout(listen, 300); };
  };
  document.addEventListener("visibilitychange", listen);
  listen();

  const overlay = document.querySelector("byline-overlay");
  const details = overlay?.shadowRoot?.querySelector("details");
  if (!details) return;
  const [problems, open] = recall("byline-overlay");
  if (problems === overlay.dataset.problems) details.open = open;
  details.addEventListener("toggle", () =>
    memory?.setItem("byline-overlay", JSON.stringify([overlay.dataset.problems, details.open])));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) details.open = false;
  });
})();
"""

_END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)


def reloading(page: bytes, state: str, overlay: str) -> bytes:
    """Return an HTML page with an overlay and the script that reloads it when the site's state is no longer `state`.

    What is added stands before `</body>` and is ASCII, so that it fits into any encoding that a page may have.
    """
    script = f'<script data-state="{escape(state)}" data-events="{EVENTS}">{_SCRIPT}</script>\n'
    ends = list(_END_OF_BODY.finditer(page))
    at = ends[-1].start() if ends else len(page)
    return page[:at] + f"{overlay}{script}".encode("ascii", "xmlcharrefreplace") + page[at:]
