"""`make audit`: what is too slow for the tests, measured on the built site; 1 where a bound is missed."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from page_kinds import ENTRY, KINDS
from served import served

ROOT = Path(__file__).parents[2]
MODULES = Path(__file__).parent / "node_modules"
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
LIGHTHOUSE = {
    "home": "",
    "topic": KINDS["inner topic"],
    "entry": ENTRY,
    "explore": "explore/",
    "compare": KINDS["compare"],
    "planner": "models/",
}
MINUTES = 5
"""How long Lighthouse may take for one page."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
BATCH = 150
"""Pages that vnu is given at once."""
OF_COLOURS = ["color-contrast", "link-in-text-block", "button-name", "label-content-name-mismatch"]
"""axe rules whose answer may differ in dark colours: the elements are those of light ones."""
LONGEST = 120
"""Seconds that axe may take for one page; explore, the longest, takes about 15 of a core."""
WEIGHTS = {"": 150_000, ENTRY: 150_000, KINDS["inner topic"]: 150_000, "explore/": 250_000}
THEME_AXE = {
    "landmark-unique": "the theme has two navigations of one name",
    "target-size": "the theme's navigation has lines of 17 pixels",
}
"""axe rules that the theme's own parts break, outside of our content; within it no rule is excused."""
THEME_HTML = json.loads((Path(__file__).parent / "theme-html.json").read_text(encoding="utf-8"))
"""Messages of vnu about the theme's own markup, as patterns, each with its reason."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that the tests use."""
    found = subprocess.run([ROOT / "scripts" / "find-browser"], capture_output=True, text=True, check=True)
    with sync_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = driver.chromium.launch(executable_path=found.stdout.split()[0], args=arguments)
        yield browser
        browser.close()


def weight(browser: Browser, address: str) -> bool:
    """Print the bytes of first visits and whether each keeps its bound."""
    kept = True
    for path, most in WEIGHTS.items():
        page = browser.new_context().new_page()
        sizes: list[int] = []
        page.on("requestfinished", lambda r, s=sizes: s.append(sum(r.sizes()[k] for k in _WIRE)))  # type: ignore[misc]
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.context.close()
        print(f"{path or 'home':60} {sum(sizes) / 1000:7.1f} kB of {most / 1000:.0f}, {len(sizes)} files")
        kept &= sum(sizes) <= most
    return kept


_WIRE = ("responseBodySize", "responseHeadersSize")


def axe(browser: Browser, address: str) -> bool:
    """Print what the axe-core of `package.json` finds on each kind of page, ours and the theme's apart.

    In dark colours only the rules of `OF_COLOURS` are asked.
    """
    program = (MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    kept = True
    theme: Counter[str] = Counter()
    for scheme in SCHEMES:
        options: dict[str, object] = {"resultTypes": ["violations"]}
        if scheme == "dark":
            options["runOnly"] = {"type": "rule", "values": OF_COLOURS}
        for size, viewport in SIZES.items():
            context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
            for name, path in KINDS.items():
                started = time.monotonic()
                found = list(_violations(context.new_page(), address + path, program, options))
                theme.update(rule for rule, _, inside in found if not inside and rule in THEME_AXE)
                ours = [
                    f"{rule} {target}" for rule, target, inside in found if inside or rule not in THEME_AXE
                ]
                seconds = time.monotonic() - started
                print(f"{scheme}, {size}, {name}: {len(ours)} violations, {seconds:.0f} s", flush=True)
                for line in ours:
                    print(f"    {line}")
                kept &= not ours
            context.close()
    for rule, count in theme.items():
        print(f"  theme: {rule} ({count} times): {THEME_AXE[rule]}")
    return kept


def _violations(
    page: Page, address: str, program: str, options: dict[str, object]
) -> Iterator[tuple[str, str, bool]]:
    """Yield rule, element, and whether it is in our content, of each violation on a page; closes the page."""
    page.goto(address)
    page.evaluate(program)
    page.evaluate(
        "options => { window.auditing = axe.run(options).then((found) => (window.audited = found)); }",
        options,
    )
    try:
        page.wait_for_function("window.audited", timeout=LONGEST * 1000)
    except Error:
        yield f"axe was not done after {LONGEST} s", address, True
    else:
        for rule, target in page.evaluate(_FOUND):
            yield rule, str(target), bool(page.evaluate(_INSIDE, target[0]))
    page.close()


_FOUND = "() => window.audited.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.target]))"
_INSIDE = """(selector) => {
  const found = document.querySelector(selector);
  // The theme's script puts a navigation of its own beside each block of code.
  if (!found || found.closest(".md-code__nav")) return false;
  return Boolean(found.closest(".md-content, [data-rekb-search]"));
}"""


def lighthouse(address: str) -> bool:
    """Print the four scores of each page as a table."""
    found = subprocess.run(
        [ROOT / "scripts" / "find-browser", "--whole"], capture_output=True, text=True, check=True
    )
    environment = os.environ | {"CHROME_PATH": found.stdout.split()[0]}
    print(f"{'':10}" + "".join(f"{name:>16}" for name in CATEGORIES))
    kept = True
    for name, path in LIGHTHOUSE.items():
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            _run_lighthouse(address + path, report, environment)
            result = json.loads(report.read_text(encoding="utf-8"))
        scores = {c: round(100 * (result["categories"][c]["score"] or 0)) for c in CATEGORIES}
        print(f"{name:10}" + "".join(f"{scores[c]:>16}" for c in CATEGORIES), flush=True)
        low = [c for c in CATEGORIES if scores[c] < LEAST]
        for category in low:
            print("\n".join(f"    {line}" for line in _missed(result, category)))
        kept &= not low
    return kept


def _run_lighthouse(address: str, report: Path, environment: dict[str, str]) -> None:
    program = MODULES / "lighthouse" / "cli" / "index.js"
    command = ["node", str(program), address, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=MINUTES * 60)


def _missed(result: dict[str, dict[str, dict[str, object]]], category: str) -> Iterator[str]:
    for reference in result["categories"][category]["auditRefs"]:  # type: ignore[attr-defined]
        audit = result["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and float(str(audit["score"])) < 1:
            yield f"{category}: {reference['id']} {audit['score']} {audit.get('displayValue', '')}"


def html(site: Path) -> bool:
    """Print what vnu finds that is not one of the theme's own faults."""
    files = sorted(site.rglob("*.html"))
    excused: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    for first in range(0, len(files), BATCH):
        batch = files[first : first + BATCH]
        for message in _messages(batch):
            text = message["message"]
            pattern = next((p for p in THEME_HTML if re.search(p, text)), None)
            if pattern:
                excused[pattern] += 1
            else:
                place = _kind(message.get("url", "").partition(str(site))[2])
                ours[f"{message['type']}: {text} | {place} | {message.get('extract', '')[:90]!r}"] += 1
        print(f"{first + len(batch)} of {len(files)} pages, {ours.total()} messages", flush=True)
    print("\n".join(f"{count} x {text}" for text, count in ours.most_common(40)))
    for pattern, count in excused.items():
        print(f"  theme: {pattern} ({count} times): {THEME_HTML[pattern]}")
    return not ours


def _messages(files: Sequence[Path]) -> list[dict[str, str]]:
    """Return what vnu says of some files. It holds all it says in memory, so it is not given all at once."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True)
    messages: list[dict[str, str]] = json.loads(done.stderr or done.stdout)["messages"]
    return messages


def _kind(path: str) -> str:
    return re.sub(r"^/(papers|topics)/.*", r"/\1/...", path)


def screenshots(browser: Browser, address: str, folder: Path) -> bool:
    """Write a picture of each kind of page, both schemes, both sizes; print those that scroll sideways."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wide = []
    for scheme in SCHEMES:
        for size, viewport in SIZES.items():
            context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            for name, path in KINDS.items():
                page.goto(address + path)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{name.replace(' ', '-')}-{scheme}-{size}.png", full_page=True)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wide.append(f"{name} scrolls sideways at {viewport['width']} px")
            context.close()
    print("\n".join(wide) or f"{len(list(folder.iterdir()))} pictures in {folder}")
    return not wide


def main() -> int:
    """Run the parts that were asked for, all but the pictures by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = ("weight", "axe", "html", "lighthouse", "screenshots")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(parts))
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    given = parser.parse_args()
    site = given.site.resolve()
    kept = []
    with served(site) as address:
        for part in given.parts or parts[:-1]:
            print(f"\n{part}", flush=True)
            if part == "html":
                kept.append(html(site))
            elif part == "lighthouse":
                kept.append(lighthouse(address))
            else:
                with chromium() as browser:
                    kept.append(_in_browser(part, browser, address))
    print("\n" + ("every bound is kept" if all(kept) else "a bound is missed"))
    return 0 if all(kept) else 1


def _in_browser(part: str, browser: Browser, address: str) -> bool:
    if part == "screenshots":
        return screenshots(browser, address, ROOT / "build" / "screenshots")
    return {"weight": weight, "axe": axe}[part](browser, address)


if __name__ == "__main__":
    sys.exit(main())
