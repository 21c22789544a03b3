"""The public API: what it gives, what it refuses, and that its page says so."""

import doctest
import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rekb
from fixture_kb import KB
from rekb.kb import KnowledgeBase

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/reference/api.md"
FLASH = "dao2022flashattention"


@pytest.fixture(scope="module")
def survey() -> rekb.Base:
    return rekb.load(ROOT)


def test_the_examples_of_the_page_give_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    options = doctest.ELLIPSIS
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=options, encoding="utf-8")
    assert tried > 20
    assert failed == 0


def test_the_page_names_what_there_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"`rekb\.(\w+)", text))
    assert named == set(rekb.__all__)
    for public in (rekb.Work, rekb.Works, rekb.Base):
        for name in vars(public):
            if not name.startswith("_") and name != "kb":
                assert re.search(rf"`(?:base\.)?{name}\b", text), name


def test_every_public_name_is_documented_and_typed() -> None:
    for name in rekb.__all__:
        found = getattr(rekb, name)
        if callable(found):
            assert inspect.getdoc(found), name
    assert (Path(rekb.__file__).parent / "py.typed").exists()
    assert set(rekb.__all__) <= set(dir(rekb))
    with pytest.raises(AttributeError, match="no attribute 'loads'"):
        getattr(rekb, "loads")  # noqa: B009 - a type checker knows that there is none


def test_an_import_is_cheap() -> None:
    dear = ("pydantic", "mkdocs", "click", "yaml", "rekb.api")
    program = f"import sys, rekb; print([name for name in {dear} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["check", "export", "load", "checks", "exports", "loading"])
def test_functions_and_packages_do_not_hide_each_other(name: str) -> None:
    program = (
        f"import rekb.checks, rekb.exports, rekb.loading, rekb.cli, rekb; print(type(rekb.{name}).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ("function" if name in ("check", "export", "load") else "module")


def test_a_path_may_be_text() -> None:
    assert rekb.load(str(KB)).keys == rekb.load(KB).keys


def test_representations_are_short(survey: rekb.Base) -> None:
    assert repr(survey) == f"<Base of {len(survey):,} works and {len(survey.topics)} topics: {ROOT}>"
    assert repr(survey[FLASH]) == f"<Work {FLASH}: FlashAttention (2022)>"
    assert repr(survey.select(topic="systems")).count("20") <= 3
    assert repr(survey[:0]) == "<no works>"
    assert repr(survey[:1]) == f"<1 work: {survey.keys[0]}>"
    assert len(repr(survey.kb)) < 100


def test_a_base_is_a_sequence_and_a_map(survey: rekb.Base) -> None:
    assert [work.key for work in survey] == sorted(survey.keys)
    assert survey[0] == survey[survey.keys[0]]
    assert survey[0] != survey[1]
    assert survey[FLASH] in survey
    assert FLASH in survey
    assert "nobody2000x" not in survey
    assert survey[1:3].keys == survey.keys[1:3]
    assert len({survey[FLASH], survey[FLASH]}) == 1


def test_an_unknown_key_is_refused(survey: rekb.Base) -> None:
    with pytest.raises(KeyError) as raised:
        survey["dao2022flashatention"]
    assert isinstance(raised.value, rekb.UnknownKeyError | rekb.RekbError)
    assert str(raised.value) == f"there is no entry `dao2022flashatention`: did you mean `{FLASH}`?"


def test_selections_narrow_and_keep_their_order(survey: rekb.Base) -> None:
    found = survey.find("attention").select(saves="memory")
    assert found[0].key in survey.select("saves=memory").keys
    assert list(found.keys) == [work.key for work in survey.find("attention") if work in list(found)]
    assert survey.select(year=2022).keys == survey.select(since=2022, until=2022).keys
    assert survey.select(needs__not=["retraining", "fine-tuning"]).keys == (
        survey.select("not-needs=retraining&not-needs=fine-tuning").keys
    )
    assert survey.under("algorithms").keys == survey.select(topic="algorithms").keys
    assert survey.select("/explore/?saves=memory&sort=name") == survey.select(saves="memory")


@pytest.mark.parametrize(
    ("facets", "message"),
    [
        ({"saves": "memroy"}, "unknown word of saves `memroy`; did you mean `memory`?"),
        ({"need": "x"}, "unknown facet `need`; did you mean `needs`?"),
        ({"needs__not": "retrainig"}, "unknown word of needs `retrainig`; did you mean `retraining`?"),
        ({"since": "soon"}, "`soon` is no year; write since=2022"),
    ],
)
def test_what_does_not_exist_is_refused(survey: rekb.Base, facets: dict[str, str], message: str) -> None:
    with pytest.raises(rekb.QueryError) as raised:
        survey.select(**facets)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("style", "start"),
    [
        ("bibtex", "@inproceedings{dao2022flashattention,"),
        ("ris", "TY  - "),
        ("csl-json", '{\n  "'),
        ("apa", "Dao, T., "),
        ("ieee", "T. Dao, "),
        ("acm", "Tri Dao, "),
    ],
)
def test_citations(survey: rekb.Base, style: str, start: str) -> None:
    assert survey[FLASH].cite(style).startswith(start)


def test_what_is_not_there_is_refused(survey: rekb.Base) -> None:
    with pytest.raises(rekb.RekbError, match="unknown style `bibtx`; did you mean `bibtex`"):
        survey[FLASH].cite("bibtx")
    with pytest.raises(rekb.RekbError, match="unknown format `xls`"):
        rekb.export(survey, "xls")
    with pytest.raises(rekb.RekbError, match="unknown reading level"):
        survey[FLASH].summary("nobody")


def test_exports_are_those_of_the_command(survey: rekb.Base, tmp_path: Path) -> None:
    few = survey.select(saves="energy", phase="inference")
    file = tmp_path / "few.bib"
    text = rekb.export(few, "bibtex", to=file)
    assert file.read_text(encoding="utf-8") == text
    assert text.count("\n@") + 1 == len(few)
    assert rekb.export(survey[FLASH], "sqlite").startswith(b"SQLite format 3")


def test_rows_have_one_shape(survey: rekb.Base) -> None:
    rows = survey.to_rows()
    names = list(rows[0])
    assert len(rows) == len(survey)
    assert all(list(row) == names for row in rows)
    kinds = {name: {type(row[name]) for row in rows} - {type(None)} for name in names}
    assert all(len(found) <= 1 for found in kinds.values()), kinds
    flash = survey[FLASH].to_row()
    assert (flash["year"], flash["code_official"], flash["requires"]) == (2022, True, ["custom-kernel"])
    unknown = next(work for work in survey if work.entry.requires is None)
    assert unknown.to_row()["requires"] is None


def test_faults_are_in_the_report_or_an_error(tmp_path: Path) -> None:
    for folder in ("papers", "taxonomy"):
        shutil.copytree(ROOT / "tests/fixtures/kb" / folder, tmp_path / folder)
    (tmp_path / "papers/2022/broken2022x.yaml").write_text("title: [", encoding="utf-8")
    base = rekb.load(tmp_path)
    assert base.report.failed
    assert len(base) > 0
    assert rekb.check(tmp_path).failed
    with pytest.raises(rekb.LoadError, match=r"broken2022x.yaml:\d+:\d+: ") as raised:
        rekb.load(tmp_path, strict=True)
    assert list(raised.value.report) == list(base.report)
    with pytest.raises(KeyError, match="its file has faults"):
        base["broken2022x"]


def test_checking_says_what_the_command_says(survey: rekb.Base, base: KnowledgeBase) -> None:
    assert not rekb.check(survey).failed
    assert survey.kb.entries.keys() == base.entries.keys()
