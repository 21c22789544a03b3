"""A whole base made of a list: topics of headings, venues of names, works at their leaves, and the report."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from rekb.cli.commands.init import Wishes, init
from rekb.intake.importer import Outcome, Status
from rekb.intake.listed import leads_to
from rekb.intake.new_topics import plan_topics
from rekb.intake.new_venues import Named, plan_venues
from rekb.intake.summary import summary
from rekb.intake.venues import venue_names
from rekb.kb import KnowledgeBase
from rekb.loading.layout import VENUES
from rekb.loading.loader import load
from rekb.model.entry import UNKNOWN_AUTHORS
from rekb.site.build import build_site
from rekb.site.page import SiteSettings
from rekb.sources.lists.items import Item
from rekb.sources.work import FoundWork
from samples import sample_base
from test_cli_commands import call

DAY = date(2026, 11, 30)
LIST = """# Awesome Night Animals

## Contents
- [Moths](#moths)

## Moths
- Lamps That Save Moths: A Field Study. ExConf 2024. [paper](https://arxiv.org/abs/2401.00001)
### Of towns
- **Street Lamps and Moths**, *Journal of Night Animals 2023*. [paper](https://example.org/street.pdf)
  - Ada Berg, Li Chen
### Of woods
- Moths in the Woods. ExConf 2022 Workshop. [paper](https://example.org/woods.pdf)

## Bats
<details><summary>2024</summary>

- Dark Corridors for Bats. ExConf'24. [paper](https://arxiv.org/abs/2402.00002) [code](https://github.com/example/bats)

</details>

## Birds
- Dark Corridors for Bats. ExConf'24. [paper](https://arxiv.org/abs/2402.00002)
- Nowhere to Be Found [page](https://example.org/nowhere)
"""


@pytest.fixture
def root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "list.md").write_text(LIST, encoding="utf-8")
    target = tmp_path / "night"
    status = init(target, Wishes(DAY, yes=True), str(tmp_path / "list.md"), offline=True)
    (tmp_path / "report").write_text(capsys.readouterr().out, encoding="utf-8")
    assert status == 0
    return target


def topics(base: KnowledgeBase) -> list[tuple[str, str, int]]:
    return [(topic_id, topic.title, topic.order) for topic_id, topic in base.topics.items()]


def test_a_list_makes_a_whole_base(root: Path) -> None:
    base, report = load(root)
    assert list(report) == []
    assert topics(base) == [
        ("moths", "Moths", 1),
        ("moths/of-towns", "Of towns", 1),
        ("moths/of-woods", "Of woods", 2),
        ("moths/general", "General", 3),
        ("bats", "Bats", 2),
        ("birds", "Birds", 3),
    ]
    assert {key: entry.topics for key, entry in base.entries.items()} == {
        "unknownauthors2024lamps": ("moths/general",),
        "berg2023street": ("moths/of-towns",),
        "unknownauthors2022moths": ("moths/of-woods",),
        "unknownauthors2024dark": ("bats", "birds"),  # the list has it twice
        "unknownauthors2026nowhere": ("birds",),  # the list gives no year: that of the import, marked
    }
    made = {v.id: (v.name, v.kind) for v in base.venues.values() if v.id not in ("arxiv", "web", "github")}
    assert made["exconf"] == ("ExConf", "conference")
    assert made["exconf-workshop"] == ("ExConf Workshop", "workshop")
    assert made["journal-of-night-animals"] == ("Journal of Night Animals", "journal")
    assert "Awesome Night Animals" in (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert "knuth" not in (root / "README.md").read_text(encoding="utf-8")


def test_it_validates_and_a_second_run_adds_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("validate", "--root", str(root), capsys=capsys)[0] == 0
    arguments = ("--root", str(root), "--offline", "--make-topics", "--make-venues")
    output = call("import", str(root.parent / "list.md"), *arguments, capsys=capsys)[1]
    assert output.splitlines()[-1] == "6 works: 0 added, 0 merged, 6 skipped, 0 doubted"
    assert output.splitlines()[1].startswith("made: 0 topics, 0 venues")


def test_its_schemas_know_what_was_made(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("generate", "--check", "--root", str(root), capsys=capsys)[0] == 0


def test_the_summary_comes_first(root: Path) -> None:
    lines = (root.parent / "report").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "6 works read: 5 added, 1 merged, 0 skipped, 0 doubted"
    assert lines[1].startswith("made: 6 topics, 3 venues")


def test_drafts_hold_what_the_list_says(root: Path) -> None:
    file = root / "papers" / "2024" / "unknownauthors2024dark.yaml"
    draft = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert draft["authors"] == [{"group": UNKNOWN_AUTHORS.group}]
    assert draft["records"] == [
        {"venue": "arxiv", "year": 2024, "month": 2, "arxiv": "2402.00002"},
        {"venue": "exconf", "year": 2024},
    ]
    assert "# TODO records: only the list says ExConf 2024" in file.read_text(encoding="utf-8")
    street = yaml.safe_load((root / "papers/2023/berg2023street.yaml").read_text(encoding="utf-8"))
    assert street["authors"] == ["Berg, Ada", "Chen, Li"]
    assert street["records"][0]["url"] == "https://example.org/street.pdf"


def test_authors_that_a_list_leaves_out_are_a_blank(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = root.parent / "more.md"
    more.write_text(
        "# Foxes\n- Red Foxes of Towns. Ada Berg, Li Chen et al. ExConf 2020. [paper](https://example.org/f.pdf)\n"
    )
    arguments = ("--root", str(root), "--offline", "--make-topics")
    assert call("import", str(more), *arguments, capsys=capsys)[0] == 0
    text = (root / "papers/2020/berg2020red.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["authors"] == ["Berg, Ada", "Chen, Li"]
    assert "# TODO authors: the source cuts the list short; list every author" in text


def test_pages_of_a_list_say_what_fills_them(root: Path) -> None:
    pages = {
        page.path: str(page.body)
        for page in build_site(load(root)[0], SiteSettings("Night", "", "", "")).pages
    }
    assert not {"measured/", "resources/", "phases/", "needs/", "hardware/", "data/"} & set(pages)
    assert "There is nothing to ask yet" in pages["finder/"]
    assert "<form" not in pages["finder/"]
    assert "finder/" not in pages[""]
    assert "finder/" not in pages["explore/"]
    # What no work says is no column and no filter.
    assert "not stated" not in pages["explore/"].split("<tbody>")[0]
    assert "rekb-works--no-saves rekb-works--no-needs" in pages["explore/"]
    assert '<th scope="col">Needs</th>' not in pages["topics/bats/"] + pages["topics/moths/of-towns/"]
    assert "2 authors." in pages["authors/"]
    assert UNKNOWN_AUTHORS.group not in pages["authors/"]
    assert "authors/u/" not in pages


def test_a_dry_run_makes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = root.parent / "more.md"
    more.write_text(
        "# Foxes\n## Red\n- Red Foxes of Towns. FoxConf 2020. [paper](https://example.org/f.pdf)\n"
    )
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    arguments = ("--root", str(root), "--offline", "--make-topics", "--make-venues", "--dry-run")
    status, output, _ = call("import", str(more), *arguments, capsys=capsys)
    assert (status, output.splitlines()[0]) == (0, "1 work read: 1 added, 0 merged, 0 skipped, 0 doubted")
    assert output.splitlines()[-1] == "1 work: 1 added, 0 merged, 0 skipped, 0 doubted"
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


@pytest.mark.parametrize("text", ["# Lamps\n\nOnly words.\n", "# Contents\n- [a](#a)\n"])
def test_a_list_without_works_makes_no_base(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (tmp_path / "list.md").write_text(text, encoding="utf-8")
    arguments = (str(tmp_path / "new"), "--from", str(tmp_path / "list.md"), "--yes", "--offline")
    status, _, errors = call("init", *arguments, capsys=capsys)
    assert status != 0
    assert "no work was found in it" in errors
    assert not (tmp_path / "new").exists()


WAYS: list[tuple[list[tuple[str, ...]], list[str]]] = [
    ([("L", "A"), ("L", "B")], ["a", "b"]),
    ([("L", "A", "2024"), ("L", "A", "2023")], ["a"]),
    ([("L", "A"), ("L", "A", "B")], ["a", "a/b", "a/general"]),
    ([("L",), ("L", "A")], ["a", "other-works"]),
    ([("Papers", "2024"), ("Papers", "2023")], ["papers"]),
    ([("L", "Papers", "A"), ("L", "Papers", "B")], ["a", "b"]),
    ([("L", "A", "A"), ("L", "B")], ["a", "b"]),
    ([("L", "\u98de\u86fe"), ("L", "\u8759\u8760")], ["topic-1", "topic-2"]),
    ([("L", "A & B (3)"), ("L", "C")], ["a-and-b", "c"]),
    ([("L", "A", "x"), ("L", "B", "x")], ["a", "a/x", "b", "b/x"]),
    ([("L", "A", "more"), ("L", "A")], ["a"]),
    ([("L", "A", "Older"), ("L", "A"), ("L", "B", "Older")], ["a", "b"]),
    ([("L", "Attack", "Attack Papers 2023"), ("L", "Attack", "Attack 2022"), ("L", "B")], ["attack", "b"]),
    ([("L", "Attack", "Owls of 2023"), ("L", "B")], ["attack", "attack/owls-of-2023", "b"]),
    ([()], ["other-works"]),
]  # fmt: skip


@pytest.mark.parametrize(("ways", "made"), WAYS)
def test_topics_of_headings(ways: list[tuple[str, ...]], made: list[str]) -> None:
    planned = plan_topics(empty(), ways)
    found = [file.removeprefix("taxonomy/topics/").removesuffix(".yaml") for file in planned.files]
    assert sorted(name.removesuffix("/_topic") for name in found) == sorted(made)
    assert set(planned.places) == set(ways)


@pytest.mark.parametrize("headings", [("Moths", "Moths"), ("Moths", "Bats")], ids=["one topic", "two topics"])
def test_another_line_tells_where_a_draft_was_published(tmp_path: Path, headings: tuple[str, str]) -> None:
    work = "[Lamps That Save Moths: A Field Study](https://arxiv.org/abs/2401.00001)"
    first, second = headings
    (tmp_path / "list.md").write_text(
        f"# Night\n\n## {first}\n\n- 20240112 arXiv {work}\n\n## {second}\n\n- ICML-24 {work}\n"
    )
    init(tmp_path / "night", Wishes(DAY, yes=True), str(tmp_path / "list.md"), offline=True)
    base = load(tmp_path / "night")[0]
    entry = base.entries["unknownauthors2024lamps"]
    assert [(record.venue, record.year) for record in entry.records] == [("arxiv", 2024), ("icml", 2024)]
    assert entry.topics == tuple(dict.fromkeys(word.lower() for word in headings))


def empty() -> KnowledgeBase:
    return KnowledgeBase({}, {}, {}, {}, {}, {}, {})


def test_topics_that_are_there_are_used_again(root: Path) -> None:
    base = load(root)[0]
    planned = plan_topics(base, [("Moths", "Of Towns"), ("Moths", "Of seas"), ("Bats", "Old"), ("Owls",)])
    assert sorted(planned.files) == ["taxonomy/topics/moths/of-seas.yaml", "taxonomy/topics/owls.yaml"]
    assert list(planned.places.values()) == ["moths/of-towns", "moths/of-seas", "bats", "owls"]


def test_spellings_of_one_venue_are_one(root: Path) -> None:
    base = load(root)[0]
    named = [
        Named("Proceedings of the 37th International Conference on Moths", "paper"),
        Named("International Conference on Moths 2024", "paper"),
        Named("ExConf 2020"),
        Named("Lamp Letters", "article"),
        Named("TMOTH"),
        Named("12"),
    ]
    text, ids = plan_venues(base, venue_names(base), named)
    assert text is not None
    assert ids == ("international-conference-on-moths", "lamp-letters", "tmoth")
    kinds = {venue["id"]: venue["kind"] for venue in yaml.safe_load(text)["venues"]}
    assert [kinds[venue] for venue in ids] == ["conference", "journal", "journal"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Research Square", "preprint"),
        ("Preprints.org", "preprint"),
        ("EarthArXiv", "preprint"),
        ("Moth Preprint Letters Workshop", "workshop"),
        ("Conference on Correlations", "conference"),
        ("Moth Support Systems", "journal"),
        ("Social Moth Analysis and Mining", "journal"),
        ("MothSys", "conference"),
        ("Night Symposium of Moths", "conference"),
        ("Moths at NIGHT", "conference"),
    ],
)
def test_the_kind_of_a_new_venue(base: KnowledgeBase, name: str, kind: str) -> None:
    text, ids = plan_venues(base, venue_names(base), [Named(name)])
    kinds = {venue["id"]: venue["kind"] for venue in yaml.safe_load(text or "")["venues"]}
    assert [kinds[venue] for venue in ids] == [kind]


@pytest.mark.parametrize(
    "name", ["LNCS", "Springer", "workshop", "Published in", "\u53d1\u8868\u4e8e", "\u4f1a\u8bae\uff1a"]
)
def test_words_that_name_no_venue_make_none(base: KnowledgeBase, name: str) -> None:
    assert plan_venues(base, venue_names(base), [Named(name)]) == (None, ())


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("3D Moths", "taxonomy/topics/3d-moths.yaml"),
        ("2. Moths", "taxonomy/topics/moths-2.yaml"),
        ("2.1 Owls", "taxonomy/topics/owls.yaml"),
    ],
)
def test_the_id_of_a_topic_keeps_digits_that_belong_to_a_word(root: Path, heading: str, path: str) -> None:
    planned = plan_topics(load(root)[0], [(heading,), ("Birds",)])
    assert [*planned.files] == [path]


ONE_VENUE = [
    ("neurips", "NIPS 2017", "NeurIPS 2019", "Neural Information Processing Systems", "NeurlPS",
     "NeruIPS'20"),
    ("iclr", "ICLR'23", "ICLR", "ICLR Oral", "International Conference on Learning Representations (ICLR)"),
    ("acl-findings", "ACL Findings", "Findings of ACL", "ACL (Findings)", "Findings of ACL 2023",
     "Findings of the Association for Computational Linguistics: ACL 2023"),
    ("icml", "Proc. of ICML", "International Conference on Machine Learning", "Int. Conf. Mach. Learn.",
     "Proceedings of the 37th International Conference on Machine Learning"),
    ("cvpr-workshops", "CVPRW", "CVPR Workshop", "CVPR 2021 Workshops", "Workshop at CVPR"),
    ("emnlp-industry", "EMNLP Industry", "EMNLP Industry Track"),
    ("eccv", "Computer Vision - ECCV 2018", "ECCV'20", "European Conference on Computer Vision"),
    ("jmlr", "J. Mach. Learn. Res.", "JMLR", "Journal of Machine Learning Research"),
    ("tpami", "IEEE Trans. Pattern Anal. Mach. Intell.", "TPAMI", "PAMI"),
    ("pnas", "Proc. Natl. Acad. Sci.", "PNAS", "Proceedings of the National Academy of Sciences"),
    ("osdi", "USENIX OSDI", "OSDI '22"),
    ("sc", "SC20", "SC'21"),
    ("rss", "Robotics: Science and Systems XVI", "RSS"),
    ("biorxiv", "bioRxiv", "BioRxiv 2020"),
    ("international-conference-on-moths", "International Conference on Moths (ICMO)",
     "International Conference on Moths 2020"),
    ("moths", "MOTHS", "ACM MOTHS", "IEEE/ACM MOTHS 2020"),
    ("icmo", "International Conference on Moths (ICMO 2020)", "ICMO", "Int. Conf. Moths"),
]  # fmt: skip


@pytest.mark.parametrize(("venue", "spellings"), [(row[0], row[1:]) for row in ONE_VENUE])
def test_spellings_make_one_venue(root: Path, venue: str, spellings: tuple[str, ...]) -> None:
    base = load(root)[0]
    text, ids = plan_venues(base, venue_names(base), [Named(spelling) for spelling in spellings])
    assert ids == (venue,)
    assert text is not None
    (root / VENUES).write_text(text, encoding="utf-8")
    names = venue_names(load(root)[0])
    assert {names.find(spelling) for spelling in spellings} == {venue}


@pytest.mark.parametrize(
    ("spelling", "venue"),
    [
        ("International Conference on Machine Learning, ICML 2022, Baltimore, USA", "icml"),
        ("International Conference on Machine Learning, ACM Computing Surveys", None),
        ("Workshop on Moths, International Conference on Machine Learning, Baltimore, USA", None),
    ],
)
def test_a_venue_with_a_place_and_dates_beside_it(spelling: str, venue: str | None) -> None:
    assert venue_names(sample_base()).find(spelling) == venue


APART = [
    ("MICRO", "IEEE Micro"),
    ("ACL", "ACL Findings", "ACL Demo", "Findings of the Association for Computational Linguistics"),
    ("NeurIPS", "NeurIPS Workshop", "NeurIPS Workshop on Moths"),
    ("Nature", "Nature Moths"),
    ("IEEE", "Proceedings of the IEEE"),
    ("VLDB Journal", "VLDB"),
    ("J. Ex. Stud.", "Journal of Exact Moths"),
]


@pytest.mark.parametrize("spellings", APART)
def test_other_venues_stay_apart(root: Path, spellings: tuple[str, ...]) -> None:
    base = load(root)[0]
    text, ids = plan_venues(base, venue_names(base), [Named(spelling) for spelling in spellings])
    assert len(ids) == len(spellings)
    assert text is not None
    (root / VENUES).write_text(text, encoding="utf-8")
    names = venue_names(load(root)[0])
    assert len({names.find(spelling) for spelling in spellings}) == len(spellings)


def test_a_known_venue_that_is_there_takes_its_former_name(root: Path) -> None:
    file = root / VENUES
    file.write_text(
        file.read_text(encoding="utf-8")
        + "  - {id: nips, name: Neural Information Processing Systems, short: NeurIPS, kind: conference}\n",
        encoding="utf-8",
    )
    base = load(root)[0]
    text, ids = plan_venues(base, venue_names(base), [Named("NIPS Proceedings"), Named("NeurlPS 2020")])
    assert ids == ("nips-proceedings",)
    assert "NeurlPS 2020" in (text or "")


@pytest.mark.parametrize(
    ("listed", "reported", "authors", "leads"),
    [
        ("Lamps That Save Moths", "Lamps that save moths", (), True),
        ("Lamps", "Lamps: Saving Moths at Night", (), True),
        ("Lamps That Save Moths at Night ExConf 2024", "Lamps That Save Moths at Night", (), True),
        ("Lamps That Save Moths at", "Lamps That Save Moths at Night", (), True),
        ("Saving Insects by Light", "Lamps That Save Moths", ("Ada Berg",), True),
        ("Saving Insects by Light", "Lamps That Save Moths", ("Nils Dahl",), False),
        ("Saving Insects by Light", "Lamps That Save Moths", ("Berg", "et al."), False),
        ("Dark Corridors for Bats", "Lamps That Save Moths", (), False),
        ("Measuring $\\sin 2\\phi$ of Moths", "Measuring sin 2\u03c6 of Moths", (), True),
    ],
)
def test_where_a_link_leads(listed: str, reported: str, authors: tuple[str, ...], leads: bool) -> None:  # noqa: FBT001
    found = FoundWork(reported, ("Berg, Ada", "Chen, Li"))
    assert leads_to(found, FoundWork(listed), Item(listed, authors=authors)) is leads


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("its link leads to 'Other': correct the list", "1 doubted: its link leads to ..."),
        ("'X' is no venue here: add the venue", "1 doubted: ... is no venue here"),
        ("", "1 doubted: no reason was given"),
        ("this is 'A', 2024 (arxiv 2401.1); the same arxiv identifier, 2401.00001, but another title: k",
         "1 doubted: the same arxiv identifier, but another title"),
        ("this is 'A', 2024 (arxiv 2401.1); another year: look at both", "1 doubted: another year"),
    ],
)  # fmt: skip
def test_reasons(message: str, reason: str) -> None:
    reported = summary([Outcome(1, Status.DOUBTED, "A", message), Outcome(2, Status.ADDED, "B", "")])
    assert reported.splitlines()[0] == "2 works read: 1 added, 0 merged, 0 skipped, 1 doubted"
    assert reported.splitlines()[1].strip() == reason


@pytest.mark.parametrize("below", [".", "papers", "papers/2023", "taxonomy/topics/moths"])
def test_commands_find_the_base_from_below(
    root: Path, below: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root / below)
    status, output, _ = call("show", "berg2023street", capsys=capsys)
    assert (status, output.splitlines()[0]) == (0, "Street Lamps and Moths")


def test_a_name_shows_its_work(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, _ = call("show", "street lamps and moths", "--root", str(root), capsys=capsys)
    assert (status, output.splitlines()[0]) == (0, "Street Lamps and Moths")
