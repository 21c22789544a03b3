"""Hosts of code: one table for what is imported, checked, found and counted as primary."""

import re
from pathlib import Path

import pytest

import rekb
from rekb.checks.addresses import tidied
from rekb.checks.links import _keeps_code
from rekb.kb.document import url_identifier
from rekb.model.hosts import CODE_HOSTS, FORGES
from rekb.sources.bibtex import read_bibtex
from rekb.sources.lists.words import role_of_address
from rekb.sources.repositories import repository
from rekb.sources.work import FoundWork

QUESTION = Path(rekb.__file__).parent / "site" / "static" / "question.js"
ROWS = [
    # host, what a link of a list is, whether its addresses are repositories of code, models or either
    ("github.com", "code", True, True),
    ("gitlab.com", "code", True, True),
    ("bitbucket.org", "code", True, True),
    ("codeberg.org", "code", True, True),
    ("gitee.com", "code", True, True),
    ("huggingface.co", "other", False, True),
    ("modelscope.cn", "other", False, True),
    ("raw.githubusercontent.com", "", False, False),
    ("sourceforge.net", "", False, False),
    ("example.org", "", False, False),
]


@pytest.mark.parametrize(("host", "role", "is_code", "is_forge"), ROWS)
def test_all_rooms_know_a_host_alike(host: str, role: str, is_code: bool, is_forge: bool) -> None:  # noqa: FBT001
    page = f"https://{host}/ada/owls"
    assert role_of_address(page) == role
    assert repository(f"{page}.git") == (page if is_code else None)
    assert (tidied(f"http://{host}/ada/owls.git") == page) is is_forge
    assert (url_identifier(f"{page}/tree/main") == f"url:{host}/ada/owls") is is_forge
    ((_, work),) = read_bibtex(f"@misc{{x, title={{Owls}}, author={{Berg, Ada}}, year=2020, url={{{page}}}}}")
    assert isinstance(work, FoundWork)
    assert (work.kind == "software") is is_forge


@pytest.mark.parametrize(
    ("host", "keeps"),
    [*((host, True) for host in sorted(CODE_HOSTS)), ("hub.sr.ht", True),
     ("raw.githubusercontent.com", False),
     ("git.example.edu", True), ("example.org", False)],
)  # fmt: skip
def test_hosts_that_keep_code(host: str, keeps: bool) -> None:  # noqa: FBT001
    assert _keeps_code(host) is keeps


def test_the_script_knows_the_same_forges() -> None:
    written = re.search(r"REPOSITORY_HOSTS = \[(.*?)\]", QUESTION.read_text(encoding="utf-8"), re.DOTALL)
    assert written
    assert set(re.findall(r'"([^"]+)"', written[1])) == FORGES
