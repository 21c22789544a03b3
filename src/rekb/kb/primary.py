"""Which pages are primary: those of publishers, archives, makers and official repositories."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from rekb.kb.base import KnowledgeBase
from rekb.kb.results import source_record
from rekb.model import Entry
from rekb.model.hosts import OWNED_HOSTS
from rekb.model.results import Result
from rekb.model.scheme import host_of

_PUBLISHERS = frozenset({
    "arxiv.org", "arxiv-export-lb.library.cornell.edu", "ar5iv.org", "biorxiv.org", "medrxiv.org",
    "techrxiv.org", "hal.science", "doi.org", "zenodo.org", "openreview.net",
    "aclanthology.org", "aclweb.org", "mlr.press", "neurips.cc", "nips.cc", "iclr.cc", "icml.cc", "mlsys.org",
    "thecvf.com", "ecva.net", "usenix.org", "jmlr.org", "ijcai.org", "aaai.org", "acm.org", "ieee.org",
    "computer.org", "springer.com", "nature.com", "sciencedirect.com", "isca-archive.org", "wiley.com",
    "oup.com", "mdpi.com", "vldb.org", "ncbi.nlm.nih.gov", "supercomputing.org", "ppopp.org", "eacl.org",
    "signalprocessingsociety.org", "mi-research.net",
})  # fmt: skip
"""Publishers and archives; hosts below these count as well."""
_MAKERS = frozenset({
    "openai.com", "meta.com", "ai.facebook.com", "research.facebook.com", "microsoft.com", "research.google",
    "deepmind.google", "blog.google", "ai.google.dev", "nvidia.com", "apple.com", "amazon.science", "ibm.com",
    "pytorch.org", "tensorflow.org", "together.ai", "together.xyz", "anthropic.com", "mistral.ai",
    "ai21.com", "databricks.com", "intel.com", "amd.com", "qualcomm.com", "lmsys.org", "stanford.edu",
    "docs.vllm.ai", "deepspeed.ai", "crfm.stanford.edu", "research.adobe.com", "ai.sony",
    "seed.bytedance.com", "team.doubao.com", "ai.googleblog.com",
})  # fmt: skip
"""Those who make models, devices and frameworks, on their own hosts."""
_INSTITUTIONS = frozenset({
    "pdl.cmu.edu", "cs.uwaterloo.ca", "experts.illinois.edu", "pure.bit.edu.cn", "irgrid.ac.cn",
    "research-explorer.ista.ac.at",
})  # fmt: skip
"""Where institutions list what their own members published. Other pages of a university may be anybody's."""
AUTHORS = {
    "akkamath": "Kamath, Aditya K.", "apanwariisc": "Panwar, Ashish", "caidongqi": "Cai, Dongqi",
    "deepakn94": "Narayanan, Deepak", "insujang": "Jang, Insu", "xinjin": "Jin, Xin",
    "xumengwei": "Xu, Mengwei", "ymjiang": "Jiang, Yimin", "yinminzhong.com": "Zhong, Yinmin",
    "tingcao952.github.io": "Cao, Ting", "bingyangwu": "Wu, Bingyang", "ranery": "You, Haoran",
    "serendipity-zk": "Zhu, Kan", "jt-zhang": "Zhang, Jintao", "lumia-group": "Lin, Zhouhan",
    "noveens": "Sachdeva, Noveen", "tyler-griggs": "Griggs, Tyler",
    # The institute prints what a speaker wrote of the own work.
    "simons.berkeley.edu": "Woodruff, David P.",
}  # fmt: skip
"""Hosts, and owners of repositories, where authors keep their own papers, each with its author."""
_THREAD = re.compile(r"/(?:issues|pulls?|discussions)/\d")
"""Where any reader may write, whoever keeps the repository: what a thread quotes from a paper is a copy."""
_PUBLISHING_OWNERS = frozenset({"mlresearch"})
"""Owners of repositories that are publishers: PMLR keeps its papers so."""


def is_on_primary(base: KnowledgeBase, key: str, result: Result) -> bool:
    """Whether the source of a result is a record of a work, or a page that is primary."""
    source = result.source
    if source.url is None:
        return source_record(base, key, source) is not None
    # Who measured others' works publishes in a repository of their own.
    if result.measured_by and host_of(source.url) in OWNED_HOSTS:
        return True
    return is_primary(base, key, source.url)


def is_primary(base: KnowledgeBase, key: str, address: str) -> bool:
    """Whether a page is a publisher's, an archive's, a maker's, or one of the work's own."""
    host = host_of(address)
    entry = base.entries[key]
    if _is_known(host):
        return True
    if host in OWNED_HOSTS:
        if _THREAD.search(address):
            return False
        owner = _owner(address)
        if owner in _official_owners(base):
            return True
        return owner in _linked(entry) or _is_kept_by_an_author(entry, owner)
    return host in _own_hosts(entry) or _is_kept_by_an_author(entry, host)


@cache
def _is_known(host: str) -> bool:
    """Whether a host is that of a publisher, an archive, a maker or an institution, or below one."""
    parts = host.split(".")
    above = {".".join(parts[n:]) for n in range(len(parts))}
    return bool(above & (_PUBLISHERS | _MAKERS | _INSTITUTIONS))


def _is_kept_by_an_author(entry: Entry, keeper: str) -> bool:
    """Whether a host, or an owner of repositories, is one of the work's authors."""
    # On the page of somebody who did not write the work, the paper is a copy.
    return AUTHORS.get(keeper) in entry.authors


def is_known_host(address: str) -> bool:
    """Whether a page is known to be primary by its host alone, whosever work it is the source of."""
    return _is_known(host_of(address))


def _owner(address: str) -> str:
    """Return who keeps a repository: the first part of its address's path, in lower case."""
    # Forges take the name of an owner in any case.
    return urlsplit(address).path.strip("/").partition("/")[0].lower()


def _official_owners(base: KnowledgeBase) -> frozenset[str]:
    """Return the owners of repositories that are official for any work, worked out once a base."""
    known: frozenset[str] | None = base.views.get("official owners")
    if known is None:
        owners = set(_PUBLISHING_OWNERS)
        for entry in base.entries.values():
            owners.update(map(_owner, official_pages(entry)))
        known = frozenset(owners)
        base.views["official owners"] = known
    return known


def official_pages(entry: Entry) -> Iterator[str]:
    """Yield the addresses at which a work's authors keep code and models."""
    code = entry.links.code
    if code and code.official:
        yield code.url
    if entry.links.models:
        yield entry.links.models


def _linked(entry: Entry) -> frozenset[str]:
    """Return the owners of the repositories that are records of a work, or linked from it as its own."""
    pages = [record.url for record in entry.records]
    pages.extend(official_pages(entry))
    pages.append(entry.links.project)
    pages.append(entry.links.docs)
    owners: set[str] = set()
    for page in pages:
        # Elsewhere the first step of a path is no owner.
        if page and host_of(page) in OWNED_HOSTS:
            owners.add(_owner(page))
    return frozenset(owners)


def _own_hosts(entry: Entry) -> frozenset[str]:
    """Return the hosts of a work's own pages: its project, documentation, article and records."""
    links = entry.links
    pages = [links.project, links.docs, links.blog, links.models]
    pages.extend(record.url for record in entry.records)
    hosts: set[str] = set()
    for page in pages:
        if page:
            hosts.add(host_of(page))
    # A forge serves everybody's pages: its host alone proves nothing.
    return frozenset(hosts - OWNED_HOSTS)
