"""axe on a page, its two slow rules asked of some elements of each kind.

The rules of contrast take a thousandth of a second and more for each piece of text, and a long page has
thousands of pieces, most of them alike. What they answer follows from what the browser computed for a piece,
for all that holds it and for what lies over it: pieces of which all this is the same have the same answer.

All other rules read the elements, their attributes, places and whether they are shown. Where all this is as
it was when they found nothing, as after a change of colours, they find nothing (`LAYOUT`).
"""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

SLOW = ["color-contrast", "link-in-text-block"]
EACH = 2
"""Pieces of text of each kind that axe is asked about: the first and the last."""
LAYOUT = """(root) => {
  // All that rules other than those of colours read.
  const READ = [
    "display", "visibility", "opacity", "position", "float", "overflow", "clip", "clip-path", "z-index",
    "transform", "margin-top", "margin-left", "font-size", "font-weight", "content-visibility",
    "pointer-events", "list-style-type",
  ];
  const within = document.querySelector(root);
  const lines = [within.outerHTML];
  for (const one of [within, ...within.querySelectorAll("*")]) {
    const { left, top, width, height } = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const states = [one.disabled, one.checked, one.value, one.open];
    lines.push([left, top, width, height, ...states, ...READ.map((n) => style.getPropertyValue(n))].join());
  }
  return lines.join();
}"""
"""Says of a part of a page all that rules other than those of colours read, in one text."""
PIECES_OF_EACH_KIND = """([root, each]) => {
  // What of an element decides how its text and what lies on it are seen.
  const LOOKS = [
    "color", "-webkit-text-fill-color", "-webkit-text-stroke-width", "-webkit-text-stroke-color",
    "text-shadow", "font-size", "font-weight", "font-family", "visibility", "display",
    "background-color", "background-image", "background-clip", "opacity", "mix-blend-mode", "filter",
    "clip", "clip-path", "mask-image", "position", "z-index", "float", "transform", "content-visibility",
  ];
  // What tells a link from the words around it.
  const OF_LINKS = [
    "text-decoration-line", "text-decoration-style", "font-style", "border-bottom-width",
    "border-bottom-style", "border-bottom-color", "border-top-width", "border-top-style",
    "outline-width", "outline-style",
  ];
  const numbers = new Map();
  const number = (text) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text);
  };
  const remembered = (make) => {
    const known = new Map();
    return (one) => {
      if (!known.has(one)) known.set(one, make(one));
      return known.get(one);
    };
  };
  const style = remembered((one) => getComputedStyle(one));
  const box = remembered((one) => one.getBoundingClientRect());
  const drawn = (one, pseudo) => {
    const found = getComputedStyle(one, pseudo);
    if (found.content === "none" || found.content === "normal") return "";
    return LOOKS.map((name) => found.getPropertyValue(name)).join();
  };
  const own = remembered((one) => {
    const names = ["disabled", "hidden", "inert", "type", "role"].filter((name) => one.hasAttribute(name));
    const states = names.map((name) => `${name}=${one.getAttribute(name)}`);
    states.push(`${one.getAttribute("aria-disabled")} ${one.getAttribute("aria-hidden")}`);
    const control = one.closest("label")?.control;
    if (control) states.push(String(control.disabled));
    const read = one.localName === "a" ? [...LOOKS, ...OF_LINKS] : LOOKS;
    const looks = read.map((name) => style(one).getPropertyValue(name));
    const beside = [drawn(one, "::before"), drawn(one, "::after")];
    return number([one.localName, one.className, ...states, ...looks, ...beside].join("|"));
  });
  const around = remembered((one) =>
    number(`${one.parentElement ? around(one.parentElement) : ""}>${own(one)}`));
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  // What stands out of the flow may lie over or under a text that it does not hold.
  const STRIP = 100;
  const strips = ({ top, bottom }) => {
    const first = Math.floor(top / STRIP);
    return Array.from({ length: Math.floor(bottom / STRIP) - first + 1 }, (_, next) => first + next);
  };
  const loose = new Map();
  for (const one of document.body.querySelectorAll("*")) {
    const { position, float, transform, marginTop, marginLeft } = style(one);
    const moved = parseFloat(marginTop) < 0 || parseFloat(marginLeft) < 0 || transform !== "none";
    if (position === "static" && float === "none" && !moved) continue;
    if (!box(one).width || !box(one).height) continue;
    for (const strip of strips(box(one))) loose.set(strip, [...(loose.get(strip) || []), one]);
  }
  const beside = (one) => {
    const near = new Set(strips(box(one)).flatMap((strip) => loose.get(strip) || []));
    return [...near]
      .filter((other) => meet(box(one), box(other)) && !other.contains(one) && !one.contains(other))
      .map(own);
  };
  // What is cut off, or scrolled out of the box that holds it, is not seen.
  const scrolls = remembered((one) => !/^visible/.test(style(one).overflow));
  const cut = (one) => {
    let times = "";
    for (let outer = one.parentElement; outer; outer = outer.parentElement) {
      if (scrolls(outer) && outer !== document.body && outer !== document.documentElement) {
        const [a, b] = [box(one), box(outer)];
        if (!meet(a, b)) times += "out ";
        else times += a.left < b.left || a.right > b.right || a.top < b.top || a.bottom > b.bottom;
      }
    }
    return times;
  };
  const words = (one) => [...one.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join("");
  const kinds = new Map();
  axe.setup(document.querySelector(root));
  for (const one of document.querySelector(root).querySelectorAll("*")) {
    const text = words(one);
    const link = one.localName === "a" && axe.commons.dom.isInTextBlock(one);
    if (!text && !link && !/^(?:input|select|textarea|button)$/.test(one.localName)) continue;
    const { width, height, right, bottom } = box(one);
    const place = [width > 0, height > 0, right > 0, bottom > 0];
    // axe is less sure of one character, and of signs without letters.
    const form = [link, text.length === 1, /[\\p{L}\\p{N}]/u.test(text), one.childElementCount > 0];
    const kind = [around(one), beside(one), cut(one), ...place, ...form].join("|");
    kinds.set(kind, [...(kinds.get(kind) || []), one]);
  }
  axe.teardown();
  return [...kinds.values()].flatMap((all) => all.length <= each ? all : [all[0], ...all.slice(1 - each)]);
}"""
ASK = """async ([root, each, slow]) => {
  const layout = (LAYOUT)(root);
  const isRight = window.rekbRight?.includes(layout);
  const asked = (PIECES)([root, each]);
  const without = Object.fromEntries(slow.map((rule) => [rule, { enabled: false }]));
  const rest = isRight
    ? { violations: [] }
    : await axe.run(root, { resultTypes: ["violations"], rules: without });
  if (!rest.violations.length) window.rekbRight = [...(window.rekbRight || []), layout];
  // What a piece holds is asked about only where it is the piece of another kind.
  const exclude = asked.flatMap((one) => [...one.children]).filter((one) => !asked.includes(one));
  const seen = asked.length
    ? await axe.run({ include: asked, exclude }, { resultTypes: ["violations"], runOnly: slow })
    : { violations: [] };
  return [...rest.violations, ...seen.violations]
    .map((found) => [found.id, found.nodes.map((node) => node.target)]);
}""".replace("PIECES", PIECES_OF_EACH_KIND).replace("LAYOUT", LAYOUT)


def violations(page: Page, root: str = ".md-content") -> list[tuple[str, list[Any]]]:
    """Return rule and elements of all that axe finds within an element of a page.

    Args:
        page: a page that is open and laid out.
        root: the selector of the element.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return [(rule, targets) for rule, targets in page.evaluate(ASK, [root, EACH, SLOW])]


# The theme's switch is clicked, for a page that is open does not follow the system.
INTO = """(scheme) => {
  const palettes = document.querySelector("script[data-rekb-colours]").dataset.rekbColours.split(";");
  const number = palettes.findIndex((palette) => palette.split("|")[1] === scheme);
  const choice = document.querySelectorAll("form[data-rekb-colours] input")[number];
  if (document.body.dataset.mdColorScheme !== scheme) choice.click();
  return document.body.dataset.mdColorScheme;
}"""
SCHEMES: dict[str, Literal["light", "dark"]] = {"default": "light", "slate": "dark"}
"""The colours of the theme, and what a system that asks for them says."""


def show(page: Page, scheme: str, size: ViewportSize) -> None:
    """Show an open page in other colours and at another width."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=SCHEMES[scheme])
    assert page.evaluate(INTO, scheme) == scheme
