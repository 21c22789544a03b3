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
from typing import Any, TypeAlias

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
RUNS = 5
"""How often Lighthouse visits a page; as its authors advise, the run in the middle counts, for one varies."""
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
Report: TypeAlias = dict[str, Any]
"""What Lighthouse writes of one visit."""


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
    """Print the four scores of each page as a table: of `RUNS` visits, the one in the middle.

    Beside them stand the lowest and the highest performance, and how fast the machine was by Lighthouse's own
    measure: below 1,000 it warns that a machine is slower than its figures are made for.
    """
    found = subprocess.run(
        [ROOT / "scripts" / "find-browser", "--whole"], capture_output=True, text=True, check=True
    )
    environment = os.environ | {"CHROME_PATH": found.stdout.split()[0]}
    names = (*CATEGORIES, "lowest to highest", "machine")
    print(f"{'':10}" + "".join(f"{name:>19}" for name in names))
    kept = True
    for name, path in LIGHTHOUSE.items():
        runs = sorted(_visits(address + path, environment), key=_performance)
        result = runs[len(runs) // 2]
        scores = {c: _score(result, c) for c in CATEGORIES}
        pace = sorted(round(run["environment"]["benchmarkIndex"]) for run in runs)
        spread = f"{_performance(runs[0])} to {_performance(runs[-1])}"
        cells = (*scores.values(), spread, f"{pace[0]} to {pace[-1]}")
        print(f"{name:10}" + "".join(f"{cell:>19}" for cell in cells), flush=True)
        low = [c for c in CATEGORIES if scores[c] < LEAST]
        for category in low:
            print("\n".join(f"    {line}" for line in _missed(result, category)))
        kept &= not low
    return kept


def _visits(address: str, environment: dict[str, str]) -> Iterator[Report]:
    """Yield what Lighthouse says of each of its visits to a page."""
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            _run_lighthouse(address, report, environment)
            yield json.loads(report.read_text(encoding="utf-8"))


def _score(result: Report, category: str) -> int:
    return round(100 * (result["categories"][category]["score"] or 0))


def _performance(result: Report) -> int:
    return _score(result, "performance")


def _run_lighthouse(address: str, report: Path, environment: dict[str, str]) -> None:
    program = MODULES / "lighthouse" / "cli" / "index.js"
    command = ["node", str(program), address, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=MINUTES * 60)


def _missed(result: Report, category: str) -> Iterator[str]:
    for reference in result["categories"][category]["auditRefs"]:
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
