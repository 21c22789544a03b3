"""Feeds: what was added last, as Atom and as JSON Feed for everything, as Atom for each topic."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from xml.etree import ElementTree as ET

from rekb.kb.documents import short_authors
from rekb.model import Entry
from rekb.site.page import Asset, SiteSettings
from rekb.site.parts.levels import easiest_text
from rekb.site.parts.views import Material, place_label
from rekb.site.urls import HOME, entry_path, topic_path

_NEWEST = 50
_NEWEST_OF_TOPIC = 20
"""Few works come to one topic between two looks of a reader, and there are as many feeds as topics."""
_ATOM = "http://www.w3.org/2005/Atom"
_END = "</feed>"
_JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written."""

    title: str
    path: str
    """Address of the page whose works it lists."""
    keys: tuple[str, ...]
    """Citation keys, last added first."""


def feed_assets(material: Material, settings: SiteSettings) -> tuple[Asset, ...]:
    """Return the feeds of the whole and of each topic with works.

    Entries of a feed are known by absolute addresses, so without the site's address there are none.
    """
    if not settings.url:
        return ()
    base = material.base
    whole = Feed(settings.name, HOME, _newest(material, base.entries, _NEWEST))
    # A work is in the feeds of several topics.
    entry = cache(partial(_atom_entry, material, settings))
    atom, json_feed = feed_paths(HOME)
    found = [
        Asset(atom, partial(_atom, material, settings, whole, entry)),
        Asset(json_feed, partial(_json_feed, material, settings, whole)),
    ]
    for topic_id in base.topics:
        keys = material.index.under_topic.get(topic_id, ())
        if keys:
            title = f"{place_label(base, topic_id)} – {settings.name}"
            feed = Feed(title, topic_path(topic_id), _newest(material, keys, _NEWEST_OF_TOPIC))
            made = partial(_atom, material, settings, feed, entry)
            found.append(Asset(atom_path(feed.path), made, page=feed.path))
    return tuple(found)


def atom_path(page: str) -> str:
    """Return the address of the Atom feed of a page."""
    return f"{page}feed.xml"


def feed_paths(page: str) -> tuple[str, str]:
    """Return the addresses of the Atom feed and the JSON Feed of a page."""
    return (atom_path(page), f"{page}feed.json")


def _newest(material: Material, keys: Iterable[str], most: int) -> tuple[str, ...]:
    entries = material.base.entries
    # Many works are added on one day; year and key give them one order in every build.
    ordered = sorted(keys, key=lambda key: (last_changed(entries[key]), entries[key].year, key), reverse=True)
    return tuple(ordered[:most])


def last_changed(entry: Entry) -> str:
    """Return the last day on which something about an entry was published: its addition or a correction."""
    days = [entry.added, *(correction.on for correction in entry.corrections)]
    return max(days).isoformat()


def _atom(material: Material, settings: SiteSettings, feed: Feed, entry: Callable[[str], str]) -> bytes:
    # A plain attribute: in a namespace, ElementTree would write `ns0:` before the name of each element.
    root = ET.Element("feed", {"xmlns": _ATOM})
    _text(root, "title", feed.title)
    _text(root, "subtitle", settings.description)
    _text(root, "id", settings.url + feed.path)
    changed = (last_changed(material.base.entries[key]) for key in feed.keys)
    # Atom asks every feed for `updated`, one without entries as well, and for a full time where the data
    # know the day alone.
    _text(root, "updated", f"{max(changed, default='1970-01-01')}T00:00:00Z")
    ET.SubElement(root, "link", {"rel": "self", "href": settings.url + atom_path(feed.path)})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": settings.url + feed.path})
    # Atom asks for an author of the feed where its entries name none.
    ET.SubElement(ET.SubElement(root, "author"), "name").text = settings.name
    head: str = ET.tostring(root, encoding="unicode")
    entries = "\n".join(map(entry, feed.keys))
    content = f"{head.removesuffix(_END)}\n{entries}\n{_END}\n"
    return f"<?xml version='1.0' encoding='utf-8'?>\n{content}".encode("utf-8", "xmlcharrefreplace")


def _atom_entry(material: Material, settings: SiteSettings, key: str) -> str:
    """Return one entry of a feed, as XML."""
    entry = material.base.entries[key]
    address = settings.url + entry_path(key)
    item = ET.Element("entry")
    _text(item, "title", _headline(entry))
    _text(item, "id", address)
    ET.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _text(item, "published", f"{entry.added.isoformat()}T00:00:00Z")
    _text(item, "updated", f"{last_changed(entry)}T00:00:00Z")
    _text(item, "summary", _plain(material, entry))
    return ET.tostring(item, encoding="unicode")


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _json_feed(material: Material, settings: SiteSettings, feed: Feed) -> bytes:
    content = {
        "version": _JSON_FEED,
        "title": feed.title,
        "description": settings.description,
        "home_page_url": settings.url + feed.path,
        "feed_url": settings.url + feed_paths(feed.path)[1],
        "items": [_item(material, settings, key) for key in feed.keys],
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _item(material: Material, settings: SiteSettings, key: str) -> dict[str, object]:
    entry = material.base.entries[key]
    address = settings.url + entry_path(key)
    return {
        "id": address,
        "url": address,
        "title": _headline(entry),
        "content_text": _plain(material, entry),
        "date_published": f"{entry.added.isoformat()}T00:00:00Z",
        "date_modified": f"{last_changed(entry)}T00:00:00Z",
        "tags": [topic.rpartition("/")[2] for topic in entry.topics],
    }


def _headline(entry: Entry) -> str:
    return f"{entry.display_name} ({short_authors(entry)}, {entry.year})"


def _plain(material: Material, entry: Entry) -> str:
    return easiest_text(material.base.config, entry.summary, entry.title)
