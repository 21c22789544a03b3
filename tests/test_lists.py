"""Lists of papers as people keep them: a text and the works in it. No such works or venues exist."""

import pytest

from rekb.errors import NoWorkError, SourceError
from rekb.sources.lists.items import Item
from rekb.sources.lists.people import names_in, without_leading_names
from rekb.sources.lists.places import whole_place
from rekb.sources.lists.reading import read_list
from rekb.sources.lists.words import is_date, is_navigation, role_of_label
from slowness import is_too_slow

A = "https://arxiv.org/abs/2401.00001"
B = "https://arxiv.org/abs/2402.00002"
CODE = "https://github.com/example/lamps"
POST = "https://night.example.org/2023/10/12/lamps"
DATA = "https://huggingface.co/datasets/example/moths"
LAMPS = "Lamps That Save Moths: A Field Study"
BATS = "Dark Corridors for Bats"
BADGE = "https://img.shields.io/badge/"
FACTS = f"""
  - Ada Berg, Li Chen
  - Publisher: ICML
  - Keyword: moths
  - Code: [official]({CODE})
  - Dataset: [Moths](https://data.example.org)"""
EMOJI_TABLE = f"""
|Date|Title|Paper|Code|
|:-:|:-:|:-:|:-:|
|2024.01|\U0001f525[**Lamps**] {LAMPS}(@Example University etc)|[[pdf]]({A})|[[lamps]]({CODE}) ![](x.svg)|"""
BADGE_TABLE = f"""
| Title | Links |
|-|-|
|[![P]({BADGE}Conference-ICLR'24-blue)]()<br>[{LAMPS}]({A})|[Paper]({A})|"""
PAPER_TABLE = f"""
| **Paper** | **Links** |
|-|-|
| 1) **{BATS}** - tells how bats fly. | [Paper]({B}), [Tweet](https://x.com/1) |"""
HTML_TABLE = f"""<table><tr><th>Title</th><th>Venue</th></tr>
<tr><td><a href='{A}'>{LAMPS}</a></td><td>ICML 2021</td></tr></table>"""
CHINESE_TABLE = f"""
| \u6807\u9898 | \u4f1a\u8bae | \u4ee3\u7801 |
|-|-|-|
| [{LAMPS}]({A}) | CVPR 2020 | [\u94fe\u63a5]({CODE}) |"""
MEASURES = f"""
| Metric | Description | Example Usage |
|-|-|-|
| Lux | light on a wall | [\\[lux, per lamp\\]]({A}) |"""
Row = tuple[str, str, int | None, str | None, str | None]
LINES: list[tuple[str, str, list[Row]]] = [
    ("own form", f"- {LAMPS}. *[ICML'23]* [[Paper]]({A}) [[Code]]({CODE})", [(LAMPS, "ICML", 2023, A, CODE)]),
    ("ins", f"- {LAMPS}, <ins>ICML, 2025</ins> [[Paper]({A})]", [(LAMPS, "ICML", 2025, A, None)]),
    ("quoted, links in brackets", f'- "{BATS}", ICML, 2024. [[paper]({B})] [[code]({CODE})]',
     [(BATS, "ICML", 2024, B, CODE)]),
    ("ins without year", f"- {LAMPS}, <ins>arXiv, ICML</ins> [[Paper]({A})]",
     [(LAMPS, "ICML", None, A, None)]),
    ("digit in a venue", f"- {LAMPS} <br> ICML TF2M Workshop 2024 [[Paper]]({A})",
     [(LAMPS, "ICML TF2M Workshop", 2024, A, None)]),
    ("ins not closed", f"- {LAMPS}, <ins>ICML, 2025/ins> [[Paper]({A})]", [(LAMPS, "ICML", 2025, A, None)]),
    ("ins not opened", f"- {LAMPS}, 2024</ins> [[Paper]({A})]", [(LAMPS, "", 2024, A, None)]),
    ("br", f"- {LAMPS} <br> ICLR 2024 [[Paper]]({A})", [(LAMPS, "ICLR", 2024, A, None)]),
    ("br without year", f"- {LAMPS} <br> TMLR [[Paper]]({A})", [(LAMPS, "TMLR", None, A, None)]),
    ("br and track", f"- {LAMPS} <br> IJCAI 2024 (Survey Track) [[Paper]]({A})",
     [(LAMPS, "IJCAI Survey Track", 2024, A, None)]),
    ("br and oral", f"- {LAMPS} <br> ICLR 2024 Oral [[Paper]]({A})", [(LAMPS, "ICLR", 2024, A, None)]),
    ("workshop", f"- {LAMPS} <br> NeurIPS Night Workshop 2025 [[Paper]]({A})",
     [(LAMPS, "NeurIPS Night Workshop", 2025, A, None)]),
    ("findings behind", f"- {LAMPS}. EMNLP 2023 Findings. [paper]({A})",
     [(LAMPS, "EMNLP Findings", 2023, A, None)]),
    ("bold with stop", f"1. **{BATS}.** AAAI 2020. [paper]({B})", [(BATS, "AAAI", 2020, B, None)]),
    ("bold without stop", f"1. **{BATS}** arxiv 2020. [paper]({B})", [(BATS, "arxiv", 2020, B, None)]),
    ("long venue", f"1. **{BATS}.** Journal of Night Animals and Lamps 2020. [paper]({B})",
     [(BATS, "Journal of Night Animals and Lamps", 2020, B, None)]),
    ("name and quotation", f'- **Lamps**: "{BATS}", *arXiv, Dec 2025* [[paper]({B})]',
     [(BATS, "arXiv", 2025, B, None)]),
    ("curly quotation", f"- \u201c{BATS}.\u201d *ICML 2020*. [pdf]({B})", [(BATS, "ICML", 2020, B, None)]),
    ("quotation inside", f'- "Light or Dark"? {BATS} <br> Arxiv 2024 [[Paper]]({B})',
     [(f'"Light or Dark"? {BATS}', "Arxiv", 2024, B, None)]),
    ("quotation and authors", f'- Berg, Ada, and Li Chen. "{BATS}." Nature (2015) [[html]]({B})',
     [(BATS, "Nature", 2015, B, None)]),
    ("bold name goes on", f"- **Lamps**: {BATS} [[paper]({B})]", [(f"Lamps: {BATS}", "", None, B, None)]),
    ("linked title", f"- [{LAMPS}]({A})", [(LAMPS, "", None, A, None)]),
    ("linked title, year", f"* [{LAMPS}]({A}) (2024)", [(LAMPS, "", 2024, A, None)]),
    ("linked title, DOI",
     f"* [{LAMPS}]({A}) [[DOI](https://doi.org/10.1000/x)] (2024)", [(LAMPS, "", 2024, A, None)]),
    ("linked name goes on", f"- [Lamps:]({A}) Saving Moths at Night | ICML' 24",
     [("Lamps: Saving Moths at Night", "ICML", 2024, A, None)]),
    ("linked name, colon outside", f"- [Lamps]({A}): Saving Moths at Night | Example University",
     [("Lamps: Saving Moths at Night", "", None, A, None)]),
    ("linked words go on", f"- [Bright Lamps]({A}) with Moths for Longer Nights | MIT",
     [("Bright Lamps with Moths for Longer Nights", "", None, A, None)]),
    ("pipe without space", f"- [{LAMPS}]({A})| Ant Group", [(LAMPS, "", None, A, None)]),
    ("linked venue first",
     f"- [[NeurIPS]({A})] {LAMPS} [[code]({CODE})]", [(LAMPS, "NeurIPS", None, A, CODE)]),
    ("linked server first", f"- [[arXiv]({A})] {LAMPS}", [(LAMPS, "arXiv", None, A, None)]),
    ("venue of small letters",
     f"- [[Neurocomputing]({A})] {LAMPS}", [(LAMPS, "Neurocomputing", None, A, None)]),
    ("venue tag", f"- [ICLR 2024] **{LAMPS}** [[paper]]({A})", [(LAMPS, "ICLR", 2024, A, None)]),
    ("date tag", f"- [2024/05] {LAMPS} [[paper]({A})]", [(LAMPS, "", 2024, A, None)]),
    ("venue in bold first", f"- **ICLR 2024** {LAMPS} [[paper]({A})]", [(LAMPS, "ICLR", 2024, A, None)]),
    ("venue in code", f"- {LAMPS} `ACL'22` [pdf]({A})", [(LAMPS, "ACL", 2022, A, None)]),
    ("venue of two digits", f"- {LAMPS} (ICML24) [pdf]({A})", [(LAMPS, "ICML", 2024, A, None)]),
    ("year first", f"- {LAMPS} [2024, ICML] [pdf]({A})", [(LAMPS, "ICML", 2024, A, None)]),
    ("accepted", f"- {LAMPS} (accepted at ICML 2024) [pdf]({A})", [(LAMPS, "ICML", 2024, A, None)]),
    ("badge of a venue", f"- [{LAMPS}]({A}) ![](https://img.shields.io/badge/EMNLP-2022-yellow)",
     [(LAMPS, "EMNLP", 2022, A, None)]),
    ("two badges", f"- [{LAMPS}]({A}) ![]({BADGE}arXiv-2021.03-red) ![]({BADGE}EMNLP-2021-yellow)",
     [(LAMPS, "EMNLP", 2021, A, None)]),
    ("badge as link", f"- [![arXiv](https://img.shields.io/badge/arXiv-2401.00001-b31b1b.svg)]({A}) {LAMPS}",
     [(LAMPS, "", None, A, None)]),
    ("badge of stars", f"- [{LAMPS}]({A}) [![Star](https://img.shields.io/github/stars/a/b)]({CODE})",
     [(LAMPS, "", None, A, CODE)]),
    ("picture by name", f"- :star: [{LAMPS}]({A})", [(LAMPS, "", None, A, None)]),
    ("emoji", f"- \U0001f525\U0001f525 [{LAMPS}]({A}) \u2b50\ufe0f", [(LAMPS, "", None, A, None)]),
    ("sign of a title", f"- \u221e-Lamps: Light without End. *[ACL'22]* [[Paper]]({A})",
     [("\u221e-Lamps: Light without End", "ACL", 2022, A, None)]),
    ("authors behind", f"- **{LAMPS}**, A. Berg et al. [[pdf]]({A})", [(LAMPS, "", None, A, None)]),
    ("year and authors behind",
     f"- {BATS} (2024), N. Dahl and O. Ek [[pdf]]({B})", [(BATS, "", 2024, B, None)]),
    ("authors first", f"- Berg and Chen. {LAMPS}. arXiv:2401.00001, 2024.", [(LAMPS, "", 2024, A, None)]),
    ("bare address", f"- {BATS}, {B}", [(BATS, "", None, B, None)]),
    ("bare DOI", f"- {BATS}. doi:10.1000/bats", [(BATS, "", None, "https://doi.org/10.1000/bats", None)]),
    ("labelled addresses", f"- {BATS}\n  - Paper: {B}\n  - Code: {CODE}", [(BATS, "", None, B, CODE)]),
    ("bold title, list below", f"**{BATS}**\n\n- Paper: {B}\n- Code: {CODE}", [(BATS, "", None, B, CODE)]),
    ("bold title, lines below",
     f"**{BATS}** \\\n*Nils Dahl* \\\n[2nd Feb., 2024] [MICCAI, 2024] \\\n[[Paper]({B})]",
     [(BATS, "MICCAI", 2024, B, None)]),
    ("venue in a paragraph of the bullet", f"- {LAMPS}\n\n  Arxiv 2026  [[Paper]]({A})",
     [(LAMPS, "Arxiv", 2026, A, None)]),
    ("reference link", f"- [{LAMPS}][1]\n\n[1]: {A}", [(LAMPS, "", None, A, None)]),
    ("Chinese labels",
     f"- **{BATS}**\uff1a[\u8bba\u6587]({B})\uff0c[\u4ee3\u7801]({CODE})", [(BATS, "", None, B, CODE)]),
    ("Chinese facts",
     f"* {BATS}\uff1a\n  * \u5730\u5740\uff1a{CODE}\n  * \u7b80\u4ecb\uff1amoths",
     [(BATS, "", None, None, CODE)]),
    ("facts are no works",
     f"- [{LAMPS}]({A}){FACTS}",
     [(LAMPS, "ICML", None, A, CODE)]),
    ("three deep", f"- Night\n  - Lamps\n    - [{LAMPS}]({A})\n    - [{BATS}]({B})",
     [(LAMPS, "", None, A, None), (BATS, "", None, B, None)]),
    ("HTML list", f"<ul><li><a href='{A}'>{LAMPS}</a><li><a href='{B}'>{BATS}</a></ul>",
     [(LAMPS, "", None, A, None), (BATS, "", None, B, None)]),
    ("summary",
     f"<details><summary>2024</summary>\n\n- [{LAMPS}]({A})\n\n</details>", [(LAMPS, "", 2024, A, None)]),
    ("year as heading", f"## 2025\n- [[ICCV]({A})] {LAMPS}", [(LAMPS, "ICCV", 2025, A, None)]),
    ("address of proceedings",
     f"- {LAMPS} [pdf](https://openaccess.thecvf.com/content/CVPR2023/papers/x.pdf)",
     [(LAMPS, "CVPR", 2023, "https://openaccess.thecvf.com/content/CVPR2023/papers/x.pdf", None)]),
    ("repository as title",
     f"- [Moth Tools for All]({CODE})", [("Moth Tools for All", "", None, None, CODE)]),
    ("formula", "- [Moths in $O(n_1 \\log n_2)$ Lamps](https://example.org/x) (2020)",
     [("Moths in $O(n_1 \\log n_2)$ Lamps", "", 2020, "https://example.org/x", None)]),
    ("sentence behind",
     f"- Lamps: {'a light that saves moths and bats at night, ' * 4}in towns. It is new [[code]]({CODE})",
     [(f"Lamps: {'a light that saves moths and bats at night, ' * 4}in towns", "", None, None, CODE)]),
    ("heading as title", f"### [{LAMPS}]({A})\n\n[[Code]]({CODE})", [(LAMPS, "", None, A, CODE)]),
    ("title leads to a page, label to the paper",
     f"- [{LAMPS}](https://lamps.example.org/) [[Paper]({A})]", [(LAMPS, "", None, A, None)]),
    ("post in place of a paper", f"- {LAMPS}. [[blog]]({POST}) [[code]]({CODE})",
     [(LAMPS, "", None, POST, CODE)]),
    ("post beside a paper", f"- {LAMPS}. [[blog]]({POST}) [[pdf]]({A})", [(LAMPS, "", None, A, None)]),
    ("data set as title", f"- [Moth Counts]({DATA})\n  - Ada Berg", [("Moth Counts", "", None, DATA, None)]),
    ("author's name in a tag", f"- [Moth Club] [{LAMPS}]({POST})", [(LAMPS, "", None, POST, None)]),
    ("Chinese title with a word of labels",
     f"- [\u6df1\u5165\u7406\u89e3\u98de\u86fe\u6a21\u578b\u7684\u80fd\u529b]({POST})",
     [("\u6df1\u5165\u7406\u89e3\u98de\u86fe\u6a21\u578b\u7684\u80fd\u529b", "", None, POST, None)]),
    ("label of the same address", f"- **[{LAMPS}]({A})**[ [arXiv]]({A})", [(LAMPS, "", None, A, None)]),
    ("no link, a venue", f"- {LAMPS}. *[ICML'23]*", [(LAMPS, "ICML", 2023, None, None)]),
    ("word before a quotation", f'- On "{BATS}", ICML 2024 [[paper]({B})]',
     [(f'On "{BATS}"', "ICML", 2024, B, None)]),
    ("badge that names no place, one that does",
     f"- [{LAMPS}]({A}) ![](https://img.shields.io/github/stars/a/b) ![]({BADGE}EMNLP-2022-yellow)",
     [(LAMPS, "EMNLP", 2022, A, None)]),
    ("words before the bullets of HTML", f"<ul>Of this year<li><a href='{A}'>{LAMPS}</a></ul>",
     [(LAMPS, "", None, A, None)]),
]  # fmt: skip
TABLES: list[tuple[str, str, list[Row]]] = [
    ("plain",
     f"| Year | Title | Venue | Code |\n|-|-|-|-|\n| 2024 | [{LAMPS}]({A}) | NeurIPS | [Code]({CODE}) |",
     [(LAMPS, "NeurIPS", 2024, A, CODE)]),
    ("emoji and tags", EMOJI_TABLE,
     [(LAMPS, "", 2024, A, CODE)]),
    ("title and authors",
     f"| Title & Authors | Links |\n|-|-|\n|[{LAMPS}]({A}) <br> Ada Berg, Li Chen|[Paper]({A})|",
     [(LAMPS, "", None, A, None)]),
    ("badge in a cell", BADGE_TABLE,
     [(LAMPS, "ICLR", 2024, A, None)]),
    ("columns in another order",
     f"| Venue | Paper Title | Year |\n|-|-|-|\n| Journal of Moths | {BATS} [pdf]({B}) | 2020 |",
     [(BATS, "Journal of Moths", 2020, B, None)]),
    ("paper and links", PAPER_TABLE,
     [(BATS, "", None, B, None)]),
    ("HTML", HTML_TABLE,
     [(LAMPS, "ICML", 2021, A, None)]),
    ("HTML without head", f"<table><tr><td>1</td><td><a href='{A}'>{LAMPS}</a></td></tr></table>",
     [(LAMPS, "", None, A, None)]),
    ("Chinese head", CHINESE_TABLE,
     [(LAMPS, "CVPR", 2020, A, CODE)]),
    ("measures", MEASURES,
     []),
    ("contents", "<table><tr><td><a href='#a'>1. Survey</a></td></tr></table>", []),
]  # fmt: skip
NOTHING: list[tuple[str, str]] = [
    ("contents", "- [Lamps](#lamps)\n  - [Moths](#moths)"),
    ("contents of files", "- [Lamps / Light](lamps.md)\n- [Bats](sub/bats.md)\n- [All](./all.md#top)"),
    ("news", f"## News\n- **2025.08**: we released a paper [{LAMPS}]({A})"),
    ("news by month", f"## \U0001f389 Latest Updates\n### March 2024\n- [{LAMPS}]({A}) is out"),
    (
        "prose with a link",
        f"This page belongs to [{LAMPS}]({A}), in which we say what a list of lamps is for and why.",
    ),
    ("news as a heading", f"### \u26a1News: our list is accepted at ICML: [paper]({A})"),
    ("code", f"```\n- [{LAMPS}]({A})\n```"),
    ("comment", f"<!-- - [{LAMPS}]({A}) -->"),
    ("citation", f"## Citation\n- please cite [{LAMPS}]({A})"),
    ("links of the page", f"- [Paper]({A})\n- [Code]({CODE})"),
    ("script", "<script>\n- [Lamps](https://example.org/lamps)\n</script>"),
]


def works(text: str) -> list[Item]:
    return [item for _, item in read_list(text) if isinstance(item, Item)]


@pytest.mark.parametrize(
    ("text", "rows"), [(text, rows) for _, text, rows in LINES], ids=[n for n, _, _ in LINES]
)
def test_lines(text: str, rows: list[Row]) -> None:
    assert [(i.title, i.venue, i.year, i.paper, i.code) for i in works(text)] == rows


@pytest.mark.parametrize(
    ("text", "rows"), [(text, rows) for _, text, rows in TABLES], ids=[n for n, _, _ in TABLES]
)
def test_tables(text: str, rows: list[Row]) -> None:
    assert [(i.title, i.venue, i.year, i.paper, i.code) for i in works(text)] == rows


@pytest.mark.parametrize(
    ("cell", "authors"),
    [("Nils Dahl, Olga Ek", ("Nils Dahl", "Olga Ek")), ("", ())],
)
def test_the_column_of_authors(cell: str, authors: tuple[str, ...]) -> None:
    (item,) = works(f"| Title | Authors | Paper |\n|-|-|-|\n| {BATS} | {cell} | [pdf]({B}) |")
    assert item.authors == authors


@pytest.mark.parametrize("text", [text for _, text in NOTHING], ids=[name for name, _ in NOTHING])
def test_what_is_no_work(text: str) -> None:
    assert works(text) == []


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (f"# A\n## B\n- [{LAMPS}]({A})", ("A", "B")),
        (f"A\n===\n\nB\n---\n- [{LAMPS}]({A})", ("A", "B")),
        (f"<h1>A</h1>\n<h2 id='b'>B</h2>\n\n- [{LAMPS}]({A})", ("A", "B")),
        (f"# A\n<details><summary><b>B</b></summary>\n\n- [{LAMPS}]({A})\n</details>", ("A", "B")),
        (f"# A\n<details><summary>B</summary>\n\n- x\n</details>\n\n- [{LAMPS}]({A})", ("A",)),
        (f"# A\n- B\n  - [{LAMPS}]({A})", ("A", "B")),
        (f"# A\n- B\n  - C\n    - [{LAMPS}]({A})", ("A", "B", "C")),
        (f"# A\n- **B**\n  - [{BATS}]({B})\n- [{LAMPS}]({A})", ("A",)),
        (f"# A\n**B**\n\n- [{LAMPS}]({A})", ("A", "B")),
        (f"# Contents\n- [B](#b)\n## B\n- [{LAMPS}]({A})", ("B",)),
        (f"# A\n### \U0001f4d6 3D Lamps ([back](#top))\n- [{LAMPS}]({A})", ("A", "3D Lamps")),
        (f"# A\n## Lamps (another [list]({POST}))\n- [{LAMPS}]({A})", ("A", "Lamps")),
        (f"# A\n## 2. [Lamps](#top)\n- [{LAMPS}]({A})", ("A", "Lamps")),
        (f"# A\n## B\n# C\n- [{LAMPS}]({A})", ("C",)),
        (f"# A\n## News\n- x\n## B\n- [{LAMPS}]({A})", ("A", "B")),
        (f"# A\n## 2020 and before\n- [{LAMPS}]({A})", ("A", "2020 and before")),
    ],
)  # fmt: skip
def test_headings(text: str, headings: tuple[str, ...]) -> None:
    assert works(text)[-1].headings == headings


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (f"- [{LAMPS}]({A})\n  - Ada Berg, Li Chen", ("Ada Berg", "Li Chen")),
        (f"1. **{LAMPS}.** ICML 2020. [paper]({A})\n\n    *Ada Berg, Li Chen.*", ("Ada Berg", "Li Chen")),
        (f"- [{LAMPS}]({A})<br>Ada Berg and Li van den Chen", ("Ada Berg", "Li van den Chen")),
        (f"- [{LAMPS}]({A})\n  - Authors: Ada Berg", ("Ada Berg",)),
        (f"- [{LAMPS}]({A})\n  - Berg, Ada and Chen, Li", ("Berg, Ada", "Chen, Li")),
        (f"- **{LAMPS}**, A. Berg et al. [[pdf]]({A})", ("A. Berg", "et al.")),
        (f"- **{LAMPS}**, Berg et al., ICML 2023. [[pdf]]({A})", ("Berg", "et al.")),
        (f"- {LAMPS}, A. Berg and L. Chen, ICML 2023. [[pdf]]({A})", ("A. Berg", "L. Chen")),
        (f"- {LAMPS}. A. Berg, L. Chen, et al. ICML 2023. [[pdf]]({A})", ("A. Berg", "L. Chen", "et al.")),
        (f"- A. Berg, L. Chen, et al. {LAMPS}. ICML 2023. [[pdf]]({A})", ("A. Berg", "L. Chen", "et al.")),
        (f'- Berg, Ada, et al. "{LAMPS}." ICML (2023). [[pdf]]({A})', ("Berg, Ada", "et al.")),
        (f'- Berg, Ada, and Li Chen. "{LAMPS}." ICML (2023). [[pdf]]({A})', ("Berg, Ada", "Li Chen")),
        (f"- [{LAMPS}]({A}) - *Ada Berg, Li Chen, ICML 2023*", ("Ada Berg", "Li Chen")),
        (f"- [{LAMPS}]({A}) (Berg et al., 2023)", ("Berg", "et al.")),
        (f"- [{LAMPS} (Berg et al., 2023)]({A})", ("Berg", "et al.")),
        (f"- {LAMPS}, Berg et al, *ICML 2023* [[pdf]]({A})", ("Berg", "et al.")),
        (f"- **{LAMPS}** (ICML 2023) | Ada Berg, Li Chen, et al. [[pdf]]({A})",
         ("Ada Berg", "Li Chen", "et al.")),
        (f"- Ada Berg, Li Chen. [{LAMPS}]({A}). ICML 2023", ("Ada Berg", "Li Chen")),
        (f"- Berg, A., Chen, L. M., & Dahl, N. (2023). {LAMPS}. *Moths*, 1-10. [pdf]({A})",
         ("Berg, A.", "Chen, L. M.", "Dahl, N.")),
        (f"- [{LAMPS}]({A})\n  - Authors: Ada Berg, Li Chen, etc.", ("Ada Berg", "Li Chen", "et al.")),
        (f"- [{LAMPS}]({A})\n  - Moths, Lamps, etc.", ()),
        (f"- [{LAMPS}]({A})\n  - Night Animals and others", ()),
        (f"- [{LAMPS}]({A})\n  - Example University, Moth Institute", ()),
        (f"- [{LAMPS}]({A})\n  - moths, lamps", ()),
        (f"- [{LAMPS}]({A})\n  - Di Berg, Le Chen", ("Di Berg", "Le Chen")),
        (f"- [{LAMPS}]({A})\n  - Ada Di Berg, Li Chen", ("Ada Di Berg", "Li Chen")),
        (f"- [{LAMPS}]({A})\n  - A. Berg, L. Chen, N. Dahl, O. Ek, Hao liu",
         ("A. Berg", "L. Chen", "N. Dahl", "O. Ek", "Hao liu")),
        (f"- [{LAMPS}]({A})\n  - Ada Berg, Hao liu", ()),
        (f"- [{LAMPS}]({A})\n  - Night, Lamps, Moths, Bats, Owls", ()),
    ],
)  # fmt: skip
def test_authors(text: str, authors: tuple[str, ...]) -> None:
    found = works(text)[0]
    assert (found.title, found.authors) == (LAMPS, authors)
    assert found.venue in ("", "ICML")


@pytest.mark.parametrize(
    ("text", "venue", "year"),
    [
        ("ICML 2024", "ICML", 2024),
        ("NeurIPS'23", "NeurIPS", 2023),
        ("SOSP' 24", "SOSP", 2024),
        ("KDD'98", "KDD", 1998),
        ("NeurIPS'2", "NeurIPS", None),
        ("arXiv, Dec 2025", "arXiv", 2025),
        ("arXiv 2023.10", "arXiv", 2023),
        ("In Proc. of the ACM on Moths, 2020", "ACM on Moths", 2020),
        ("ICML 2024 Tutorial", "ICML Tutorial", 2024),
        ("ICML 2024 Spotlight", "ICML", 2024),
    ],
)
def test_venues(text: str, venue: str, year: int | None) -> None:
    found = whole_place(text)
    assert found is not None
    assert (found.venue, found.year) == (venue, year)


@pytest.mark.parametrize(
    "text", ["ICML", "24th Jan., 2024 and more 12", "12 of 2024", "Dark Corridors for Bats"]
)
def test_what_names_no_place(text: str) -> None:
    assert whole_place(text) is None


def test_what_headings_and_labels_mean() -> None:
    headings = ("Contents", "News", "Star History", "New Papers", "Newsgroups", "\u76ee\u5f55")
    assert [is_navigation(heading) for heading in headings] == [
        True, True, True, False, False, True,
    ]  # fmt: skip
    dates = ("2024", "Before 2024", "March 2024", "2020 and before", "2019 or earlier", "2024 Lamps", "May")
    assert [is_date(h) for h in dates] == [True, True, True, True, True, False, False]
    labels = ("pdf", "official code", "home page", "slides", "blog post", "the paper", "lamps", "lamps code")
    assert [role_of_label(label.split(), label) for label in labels] == [
        "paper", "code", "project", "other", "post", "paper", "", "",
    ]  # fmt: skip


def test_names() -> None:
    assert names_in("Ada Berg; Li Chen") == ("Ada Berg", "Li Chen")
    assert names_in("Deep Night") == ()
    assert names_in("Deep Night", 1) == ("Deep Night",)
    assert without_leading_names("A. Berg, L. Chen. Moths and the lamp") == "Moths and the lamp"
    assert without_leading_names("Moths fly. Lamps shine at night") == "Moths fly. Lamps shine at night"


def test_the_same_words_twice_are_the_same_both_times() -> None:
    """Words that stand in a text twice are parsed once, with their escapes, addresses and pictures."""
    work = "- [A \\*dark\\* &amp; bright lamp][l] ![a\\_b](https://a.b/c.png) [**code**](https://github.com/a/b)\n"
    found = works(f"# A\n{work}\n# B\n{work}{work}\n[l]: https://arxiv.org/abs/2401.00001\n")
    assert [item.title for item in found] == ["A *dark* & bright lamp"] * 3
    assert [item.line for item in found] == [2, 5, 6]
    assert {(item.paper, item.code) for item in found} == {(A, "https://github.com/a/b")}


def test_a_line_without_a_work_is_reported() -> None:
    ((line, error),) = read_list("# A\n\n- only words\n")
    assert line == 3
    assert isinstance(error, NoWorkError)


@pytest.mark.parametrize(
    "text",
    [
        "- " + "*[" * 20_000,
        "- " + "[" * 20_000,
        "- " + "Aa, " * 20_000 + "[p](http://x)",
        "- " + "A. " * 20_000 + "2020 [p](http://x)",
        "- " + "http://a.b " * 20_000,
        "- " + "[pdf](http://a.b) " * 20_000,
        "<li>" * 50_000,
        "<table>" + "<tr><td>" * 20_000,
        "> " * 20_000,
        "# " + "2020 " * 20_000,
        "- x\n" + "  - y\n" * 20_000,
    ],
    ids=range(11),
)
def test_long_input_takes_no_longer_than_its_size(text: str) -> None:
    assert not is_too_slow(lambda given: list(read_list(given)), text)


@pytest.mark.parametrize("part", ["<ul><li>", "<ol><li>a", "<li>", "<ul>", "</ul><ul><li>"])
def test_html_nested_ever_deeper_is_read(part: str) -> None:
    work = "\n\n- [A work of words](https://arxiv.org/abs/2401.00001)\n"
    found = [item for _, item in read_list(part * 20_000 + work)]
    assert [item.title for item in found if isinstance(item, Item)] == ["A work of words"]


def test_a_list_of_too_many_lines_is_refused() -> None:
    with pytest.raises(SourceError, match=r"the list has 25,001 lines, of which at most 25,000 are read"):
        list(read_list("- a\n\n" * 25_001))
