"""`python benchmarks/search.py [WORKS]`: what the search of a site costs a reader when it is that large.

Works are copies of the corpus with letters of their own in names, titles and people, so that the words grow
with the works. It prints the packed bytes of the pieces that questions need, and the CPU time in node of each
letter typed, the least of three.
"""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rekb.kb.document import Document
from rekb.kb.documents import documents
from rekb.loading.loader import load
from rekb.site.outputs.scripts import page_script
from rekb.site.outputs.search_index import piece_makers
from rekb.site.outputs.search_pieces import Pieces

ROOT = Path(__file__).parents[1]
MOST = 100
"""Milliseconds that a letter may take."""
ASKED = ("flahs atention exact", "quantizaton", "efficient", "speculativ decodng", "kv cache", "dao 2022")
PROGRAM = """
const { script, first, further, typed } = JSON.parse(require("fs").readFileSync(0, "utf8"));
new Function(script)();
const { makeIndex } = rekb.ranking;
// CPU time: what else the machine does is not counted.
const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const milliseconds = (act) => { const start = spent(); act(); return spent() - start; };
let index;
const made = milliseconds(() => { index = makeIndex(first); });
const adding = [];
const keys = typed.map((text) => {
  const fetched = [];
  for (let names = index.missing(text); names.length; names = index.missing(text)) {
    for (const name of names) {
      adding.push([milliseconds(() => index.add(name, further[name])), name]);
      fetched.push(name);
    }
  }
  const asking = () => milliseconds(() => { index.missing(text); index.find(text); });
  return { text, fetched, took: Math.min(asking(), asking(), asking()) };
});
process.stdout.write(JSON.stringify({ made, adding: adding.sort((a, b) => b[0] - a[0]).slice(0, 3), keys }));
"""


def grown(found: Iterable[Document], works: int) -> list[Document]:
    """Return documents with so many works and with authors in proportion."""
    known = list(found)
    own = [document for document in known if document.kind == "work"]
    authors = [document for document in known if document.kind == "author"]
    others = [document for document in known if document.kind not in {"work", "author"}]
    copies = -(-works // len(own))
    more = [_copy(one, number) for number in range(copies) for one in own][:works]
    people = [_copy(one, number) for number in range(copies) for one in authors]
    topics = [one for one in others if one.kind == "topic"]
    models = [one for one in others if one.kind == "model"]
    return [*more, *topics, *people, *models]


def _copy(document: Document, number: int) -> Document:
    if number == 0:
        return document
    mark = "bcdfghjklmnpqrstvwxz"[number % 20]
    people = tuple(f"{person}{mark}" for person in document.people)
    names = tuple(f"{name}{mark}" for name in document.names)
    # Every third word is one that no other copy has.
    words = [f"{word}{mark}" if place % 3 == 0 else word for place, word in enumerate(document.title.split())]
    family, comma, given = document.id.partition(", ")
    own = f"{family}{comma}{given}{mark}"
    title = f"{document.title}{mark}" if document.kind == "author" else " ".join(words)
    identifiers = tuple(f"{name}{number}" for name in document.identifiers)
    return replace(document, id=own, title=title, names=names, people=people, identifiers=identifiers)


def main(works: int) -> int:
    """Print the figures; 1 where a letter takes longer than 100 ms."""
    base = load(ROOT)[0]
    found = grown(documents(base), works)
    pieces = Pieces(found)
    counts = {kind: sum(one.kind == kind for one in found) for kind in ("work", "topic", "author")}
    first = pieces.first(base.venues.values())
    further = {
        name: maker(pieces)
        for name, maker in piece_makers(counts["work"], counts["topic"], counts["author"]).items()
    }
    sizes = {name: _packed(piece) for name, piece in further.items()}
    print(f"{counts}: first piece {_packed(first) / 1000:.0f} kB packed, {len(sizes)} further pieces")
    for kind in ("works", "authors", "words", "named", "lines", "spellings", "help"):
        own = {name: size for name, size in sizes.items() if name.startswith(kind)}
        if own:
            most = max(own, key=own.__getitem__)
            total = sum(own.values()) / 1000
            print(f"  {kind:10} {total:6.0f} kB in {len(own):3}, most {most} {own[most] / 1000:.0f} kB")
    typed = [text[:end] for text in ASKED for end in range(1, len(text) + 1)]
    given = {"script": page_script("ranking.js"), "first": first, "further": further, "typed": typed}
    done = subprocess.run(
        [shutil.which("node") or "node", "-e", PROGRAM],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    measured = json.loads(done.stdout)
    print(f"  making the index {measured['made']:.0f} ms; slowest pieces to take in: {measured['adding']}")
    for text in ASKED:
        keys = [key for key in measured["keys"] if text.startswith(key["text"])]
        fetched = {name for key in keys for name in key["fetched"]}
        slowest = max(keys, key=lambda key: key["took"])
        fetches = sum(sizes[name] for name in fetched) / 1000
        print(
            f"  {text:22} at most {slowest['took']:5.1f} ms (“{slowest['text']}”), fetches {fetches:.0f} kB"
        )
    return int(max(key["took"] for key in measured["keys"]) > MOST)


def _packed(content: object) -> int:
    return len(gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 19_640))
