"""Sixty records that citation programs get wrong: equal when read back, and whole in the real program."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest

from rekb.citation.bibtex import bibtex
from rekb.citation.work import cited_work
from rekb.intake.venues import VenueNames
from rekb.model import Entry
from rekb.model.entry import Group, Mononym
from rekb.sources.latex import plain
from test_round_trip import FACTS, STAND_INS, entry_of, is_equal, read_back

BLTX = "{http://biblatex-biber.sourceforge.net/biblatexml}"
TITLES = [
    "Λόγος: a Greek word",
    "β-Stable and β-Smooth Moths",
    "Σ of All Moths",
    "Ὅμηρος and Ἰλιάς",
    "Ünïcödé Ærøskøbing",
    "量化大模型",
    "大規模言語モデルの効率化",
    "대규모 언어 모델",
    "Moths — a Study",
    "Moths – a Study",
    "Moths --- a Study",
    "Moths -- a Study",
    "“Quoted” Moths",
    "‘Single’ Moths",
    '"Straight" Moths',
    "It's the Moth's",
    "``Typed'' Moths",
    "100% of Moths",
    "R&D of Moths",
    "A_1 and a_2",
    "C# and F#",
    "$5 Moths",
    "Moths ~ Lamps",
    "x^2 Moths",
    "{Braced} Moths",
    "Back\\slash Moths",
    "\\emph{Not LaTeX}",
    "a < b > c",
    "vector<T> of Moths",
    "O(n log n) Moths",
    "n² and n₂",
    "½ of Moths",
    "10 µm Moths",
    "Moths\u00a0Held Together",
    "Moths\u202fThinly Spaced",
    "naïve café",
    "Ǆ and ĳ",
    "Straße",
    "Ł, ł, Đ, đ, Ø, ø",
    "İstanbul and \u0131s\u0131",
    "Ṽ and ẘ",
    "Moths: Lamps: Light",
    "Are Moths Lamps?",
    "Moths!",
    "¿Moths?",
    "@article{moths, title={x}}",
    "Moths, % or not",
    'Moths = "Lamps"',
    "Moths and and Lamps",
    "…Moths…",
    "GPT-4V(ision)",
    "BERT: BERT",
    "iPhone and eBay",
    "de Broglie's Moths",
    "McMoth",
    "1,000 Moths",
    "Moths №5",
    "Moths™ ©",
    "∀ε>0 ∃δ",
    "→ Moths ←",
]
PEOPLE: list[list[object]] = [
    ["Παπαδόπουλος, Γεώργιος"],
    ["李, 小龙"],
    ["山田, 太郎", "Moth, Ada"],
    ["O'Neil, Ann"],
    ["D’Arcy, Jo"],
    ["van der Berg, Jan"],
    ["de la Cruz, María José"],
    ["Müller-Lüdenscheidt, Jörg"],
    ["Ångström, Åke"],
    ["Çelik, Şule"],
    ["Łukasiewicz, Jan"],
    ["King, Jr., Martin"],
    [{"group": "Moths and Lamps, Inc."}],
    [{"group": "R&D {Team}"}],
    [{"mononym": "Solo"}],
    ["Nguyễn, Thị Hà"],
    ["Đorđević, Đura"],
    ["Smith and Wesson, Co"],
    ["al-Khwārizmī, Muḥammad"],
    ["Jean-Paul, J.-P."],
]
DOIS = [
    "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
    "10.1016/0370-2693(90)90001-X",
    "10.1000/a_b%c",
    "10.1000/a#b",
    "10.1000/(x);y",
    "10.1000/a&b",
]


def record(number: int) -> Entry:
    """Return a record of its own title; people and DOIs come round again."""
    where = {"venue": "jmn", "year": 1990 + number % 35, "volume": str(number), "pages": "1-9"}
    where["doi"] = DOIS[number % len(DOIS)]
    return entry_of("paper", where, title=TITLES[number], authors=PEOPLE[number % len(PEOPLE)])


ENTRIES = {f"moth{2000 + number}x": record(number) for number in range(len(TITLES))}
NAMES = VenueNames({"journal of moths at night": "jmn"}, {}, STAND_INS)


def test_there_are_sixty() -> None:
    assert len(set(TITLES)) == len(ENTRIES) == 60


@pytest.mark.parametrize("key", ENTRIES)
def test_our_bibtex_is_read_back_as_it_was(key: str) -> None:
    entry = ENTRIES[key]
    again = read_back(NAMES, entry, bibtex(key, entry, NAMES.venues), "bibtex")
    wanted = cited_work("k2026k", entry, NAMES.venues)
    unlike = {
        name: (getattr(wanted, name), getattr(again, name))
        for name in FACTS
        if not is_equal(getattr(wanted, name), getattr(again, name))
    }
    assert unlike == {}


def bibliography(folder: Path, text: str) -> tuple[str, str]:
    """Return what the real program prints about references, and the bibliography that it makes."""
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    (folder / "x.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{refs}\n", encoding="utf-8")
    done = subprocess.run(["bibtex", "x"], cwd=folder, capture_output=True, check=False)
    return done.stdout.decode(), (folder / "x.bbl").read_text(encoding="utf-8", errors="replace")


def letters(text: str) -> str:
    """Return the letters and figures of a text, in one case: styles change the rest."""
    return "".join(re.findall(r"\w", text)).casefold()


@pytest.mark.skipif(shutil.which("bibtex") is None, reason="needs the bibtex program")
def test_the_real_program_prints_each_record_whole(tmp_path: Path) -> None:
    text = "".join(bibtex(key, entry, NAMES.venues) for key, entry in ENTRIES.items())
    reported, made = bibliography(tmp_path, text)
    assert "arning" not in reported, reported
    assert "rror" not in reported, reported
    printed = dict(re.findall(r"\\bibitem\{(\w+)\}(.*?)(?=\n\n)", made, re.DOTALL))
    assert printed.keys() == ENTRIES.keys()
    lost = [key for key, entry in ENTRIES.items() if letters(entry.title) not in letters(plain(printed[key]))]
    assert lost == []


def biblatexml(folder: Path, text: str) -> tuple[str, dict[str, Element]]:
    """Return what biber reports about references, and what it understood of each."""
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    command = ["biber", "--tool", "--output-format=biblatexml", "refs.bib"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    entries = ET.parse(folder / "refs_bibertool.bltxml").getroot()  # noqa: S314 - made by biber just now
    return done.stdout.decode(), {str(entry.get("id")): entry for entry in entries}


def people_in(entry: Element) -> list[str]:
    """Return the letters of each person that biber understood, family name and particle first."""
    found = []
    for name in entry.iterfind(f".//{BLTX}names/{BLTX}name"):
        parts = {str(part.get("type")): "".join(part.itertext()) for part in name.iter(f"{BLTX}namepart")}
        order = ("prefix", "family", "suffix", "given")
        found.append(letters(plain(" ".join(parts.get(part, "") for part in order))))
    return found


@pytest.mark.skipif(shutil.which("biber") is None, reason="needs the biber program")
def test_biber_understands_each_record_whole(tmp_path: Path) -> None:
    text = "".join(bibtex(key, entry, NAMES.venues) for key, entry in ENTRIES.items())
    reported, made = biblatexml(tmp_path, text)
    assert "WARN" not in reported, reported
    assert "ERROR" not in reported, reported
    assert made.keys() == ENTRIES.keys()
    unlike = []
    for key, entry in ENTRIES.items():
        read = made[key]
        record = entry.records[0]
        wanted = {
            "title": letters(entry.title),
            "journaltitle": letters("Journal of Moths at Night"),
            "doi": record.doi,
            "volume": record.volume,
            "date": str(record.year),
            "people": [letters(shown(author)) for author in entry.authors],
        }
        understood = {
            "title": letters(plain(words_of(read, "title"))),
            "journaltitle": letters(words_of(read, "journaltitle")),
            "doi": words_of(read, "doi"),
            "volume": words_of(read, "volume"),
            "date": words_of(read, "date"),
            "people": people_in(read),
        }
        unlike += [
            (key, name, wanted[name], understood[name]) for name in wanted if wanted[name] != understood[name]
        ]
    assert unlike == []


def words_of(entry: Element, field: str) -> str:
    """Return the text of a field that biber understood."""
    return "".join(part for found in entry.iter(f"{BLTX}{field}") for part in found.itertext())


def shown(author: object) -> str:
    """Return an author's name in the order family name, suffix, given names; a group's as it is."""
    if isinstance(author, Group):
        return author.group
    return author.mononym if isinstance(author, Mononym) else str(author)
