"""The knowledge base described as a data set, for search engines and for programs."""

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest

from rekb.site.build import build_site
from rekb.site.page import Site, SiteSettings
from samples import knowledge_base, sample_base

URL = "https://moths.example/"


def site(url: str = URL) -> Site:
    """Return the site of the samples."""
    return build_site(sample_base(), SiteSettings("Moths </script>", "All & every moth.", url, ""))


def assets(made: Site) -> dict[str, bytes]:
    """Return the files of a site by path."""
    return {asset.path: asset.content for asset in made.assets}


def described(made: Site, path: str) -> dict[str, Any] | None:
    """Return the data set that the head of a page describes."""
    head = next(page.head for page in made.pages if page.path == path)
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', str(head))
    return json.loads(found[0]) if found else None


@pytest.mark.parametrize("path", ["", "downloads/"])
def test_pages_describe_the_data_set(path: str) -> None:
    made = site()
    found = described(made, path)
    assert found is not None
    assert (found["@type"], found["name"], found["url"]) == ("Dataset", "Moths </script>", URL)
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (found["datePublished"], found["version"]) == ("2026-11-24", "2.202611.24")
    addresses = [part["contentUrl"] for part in found["distribution"]]
    assert f"{URL}downloads/all.json" in addresses
    assert {address.removeprefix(URL) for address in addresses} <= set(assets(made))


def test_croissant_describes_the_table() -> None:
    files = assets(site())
    found = json.loads(files["downloads/croissant.json"])
    (file,) = found["distribution"]
    table = files["downloads/all.csv"]
    assert file["contentUrl"] == f"{URL}downloads/all.csv"
    assert file["sha256"] == hashlib.sha256(table).hexdigest()
    (records,) = found["recordSet"]
    head = next(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert [field["source"]["extract"]["column"] for field in records["field"]] == head
    assert records["key"]["@id"] in {field["@id"] for field in records["field"]}
    assert found["conformsTo"] == "http://mlcommons.org/croissant/1.0"


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("title", "sc:Text"),
        ("arxiv", "sc:Text"),
        ("year", "sc:Integer"),
        ("added", "sc:Date"),
        ("url", "sc:URL"),
    ],
)
def test_croissant_says_what_a_column_holds(column: str, kind: str) -> None:
    (records,) = json.loads(assets(site())["downloads/croissant.json"])["recordSet"]
    assert {field["name"]: field["dataType"] for field in records["field"]}[column] == kind


def test_without_an_address_nothing_is_described() -> None:
    made = site(url="")
    assert described(made, "") is None
    assert "downloads/croissant.json" not in assets(made)


def test_without_works_there_is_no_table_to_describe() -> None:
    made = build_site(knowledge_base({}), SiteSettings("Moths", "None yet.", URL, ""))
    assert "downloads/croissant.json" not in assets(made)
    assert "croissant" not in next(page.body for page in made.pages if page.path == "downloads/")


def test_the_downloads_say_how_parquet_is_had() -> None:
    made = site()
    (body,) = (page.body for page in made.pages if page.path == "downloads/")
    assert "<code>rekb export parquet -o survey.parquet</code>" in body
    assert [path for path in assets(made) if path.endswith(".parquet")] == []
