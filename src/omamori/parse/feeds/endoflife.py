"""End dates of endoflife.date: the product files it is made from (YAML front matter) and its API (endoflife.date/docs/api/v1). Pure.

A date may be a day, `true` (it has passed), `false` (none is set) or missing. The files are read as YAML of the plain kind: no references,
no depth beyond what they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

import yaml

from omamori.model.facts import Broken, EndDate
from omamori.model.text import Text
from omamori.parse.feeds.endoflife_words import PAID_SUPPORT_IS_FREE, PRODUCTS, cycles
from omamori.parse.feeds.interface import AsOf, FeedError, FeedParser, Item
from omamori.parse.feeds.json_records import Aside, Record, Unread, records
from omamori.parse.feeds.json_values import day, mapping, objects, text

LARGEST = 2_000_000
"""Bytes of a product file."""
_DEEPEST = 20
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SLUG = re.compile(r"^[a-z0-9][a-z0-9.+-]{0,80}$")
_TITLE = Text("endoflife.date（サポート期限）", "endoflife.date (end dates)")


@dataclass(frozen=True, slots=True)
class Release:
    """A cycle of a product as endoflife.date states it; days, true, false or None."""

    cycle: str
    label: str
    released: object
    eol: object
    eoes: object
    latest: str
    changed: object
    place: str


def product_dates(slug: str, title: str, releases: list[Release]) -> Iterator[EndDate]:
    """Yield the end dates of one product's cycles; the first of several that are known here by the same name counts."""
    product = PRODUCTS.get(slug, slug)
    seen: set[tuple[str, str]] = set()
    for one in releases:
        for cycle, edition in cycles(product, one.cycle, one.latest, one.label):
            if (cycle, edition) in seen:
                continue
            seen.add((cycle, edition))
            ends, extended = day(one.eol), day(one.eoes)
            if product in PAID_SUPPORT_IS_FREE:
                ends, extended = extended or ends, None
            yield EndDate(
                product=product,
                feed="endoflife",
                cycle=cycle,
                edition=edition,
                label=f"{title} {one.label or one.cycle}".strip(),
                released=day(one.released),
                ends=ends,
                extended_ends=extended,
                ended=one.eol if isinstance(one.eol, bool) and ends is None else None,
                latest=one.latest or None,
                url=f"https://endoflife.date/{slug}",
                place=one.place,
            )


def read_file(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the end dates of a product file; FeedError when it is none."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FeedError(Text("2 MBを超えています。製品のファイルではありません", "larger than 2 MB: this is not a product file"))
    front = _front_matter(data)
    slug = text(front.get("permalink"), 100).strip("/") or name.rsplit("/", 1)[-1].removesuffix(".md")
    if not _SLUG.match(slug) or not isinstance(front.get("releases"), list):
        raise FeedError(
            Text("permalinkかreleasesがありません。ファイルを確かめてください", "it lacks permalink or releases: check which file this is")
        )
    template = text(front.get("releaseLabel"), 200) or "__RELEASE_CYCLE__"
    found: list[Release] = []
    for number, one in enumerate(front["releases"]):
        cycle = text(one.get("releaseCycle"), 100) if isinstance(one, dict) else ""
        if not cycle:
            yield Broken(feed="endoflife", file=name, place=f"releases[{number}]", reason="expected a release with releaseCycle")
            continue
        label = text(one.get("releaseLabel"), 200) or template
        for mark, value in (
            ("__RELEASE_CYCLE__", cycle),
            ("__CODENAME__", text(one.get("codename"), 100)),
            ("__LATEST__", text(one.get("latest"), 100)),
        ):
            label = label.replace(mark, value)
        found.append(
            Release(
                cycle=cycle,
                label=label,
                released=one.get("releaseDate"),
                eol=_value(one.get("eol")),
                eoes=_value(one.get("eoes")),
                latest=text(one.get("latest"), 100),
                changed=one.get("latestReleaseDate") or one.get("releaseDate"),
                place=f"releases[{number}]",
            )
        )
    yield from product_dates(slug, text(front.get("title"), 200), found)
    newest = _newest(found)
    if newest is not None:
        yield AsOf(newest)


def _value(said: object) -> object:
    return {"true": True, "false": False}.get(said.lower(), said) if isinstance(said, str) else said


def _newest(releases: list[Release]) -> date | None:
    return max((found for one in releases if (found := day(one.changed)) is not None), default=None)


def _front_matter(data: bytes) -> dict[str, Any]:
    try:
        said = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FeedError(Text(f"UTF-8ではありません（{error.start}バイト目）", f"not UTF-8 (byte {error.start})")) from error
    lines = said.replace("\r\n", "\n").split("\n")
    if lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        raise FeedError(Text("先頭に --- で囲まれた部分がありません", "it does not begin with a part between --- lines"))
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    try:
        found = _built("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        first = str(error).split("\n")[0][:200]
        raise FeedError(Text(f"YAMLとして読めません（{first}）", f"not YAML ({first})")) from error
    if not isinstance(found, dict):
        raise FeedError(Text("YAMLの項目がありません", "no keys in its YAML"))
    return found


def _built(said: str) -> Any:
    """Return YAML as lists, dictionaries and texts (nothing is turned into a number or a date); ValueError for references and depth."""
    stack: list[Any] = [[]]
    keys: list[str | None] = [None]
    for event in yaml.parse(said, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ValueError("a reference (& or *), which no product file has")
        if isinstance(event, yaml.ScalarEvent):
            _put(stack, keys, event.value)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if len(stack) > _DEEPEST:
                raise ValueError(f"nested deeper than {_DEEPEST} levels")
            inner: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            _put(stack, keys, inner)
            stack.append(inner)
            keys.append(None)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            stack.pop()
            keys.pop()
    return stack[0][0] if stack[0] else None


def _put(stack: list[Any], keys: list[str | None], value: Any) -> None:
    holder = stack[-1]
    if isinstance(holder, list):
        holder.append(value)
    elif keys[-1] is None:
        keys[-1] = value if isinstance(value, str) else ""
    else:
        holder.setdefault(keys[-1], value)
        keys[-1] = None


def read_api(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the end dates of the API's answer about all products (`products/full`) or about one (`products/NAME`)."""
    single: dict[str, Any] = {}
    for found in records(stream, ("result",)):
        if isinstance(found, Unread):
            yield found.broken("endoflife", name)
        elif isinstance(found, Aside):
            made = day(found.value) if found.name == "generated_at" else None
            if made is not None:
                yield AsOf(made)
        elif isinstance(found, Record) and found.name:
            single[found.name] = found.value
        elif isinstance(found, Record):
            yield from _of_api(found.value, name, found.place)
    if single:
        yield from _of_api(single, name, "result")


def _of_api(value: object, file: str, place: str) -> Iterator[EndDate | Broken]:
    product = mapping(value)
    slug = text(product.get("name"), 100)
    if not _SLUG.match(slug):
        yield Broken(feed="endoflife", file=file, place=place, reason="expected a product with a name")
        return
    found = []
    for number, one in enumerate(objects(product.get("releases"))):
        cycle = text(one.get("name"), 100)
        if not cycle:
            yield Broken(feed="endoflife", file=file, place=f"{place}.releases[{number}]", reason="expected a release with a name")
            continue
        latest = mapping(one, "latest")
        found.append(
            Release(
                cycle=cycle,
                label=text(one.get("label"), 200),
                released=one.get("releaseDate"),
                eol=_either(one.get("eolFrom"), one.get("isEol")),
                eoes=_either(one.get("eoesFrom"), one.get("isEoes")),
                latest=text(latest.get("name"), 100),
                changed=latest.get("date"),
                place=f"{place}.releases[{number}]",
            )
        )
    yield from product_dates(slug, text(product.get("label"), 200), found)


def _either(since: object, passed: object) -> object:
    return since if day(since) is not None else passed


def _is_file(_name: str, beginning: bytes) -> bool:
    return beginning.lstrip(b"\xef\xbb\xbf").startswith(b"---") and b"releaseCycle:" in beginning and b"\nreleases:" in beginning


def _is_api(_name: str, beginning: bytes) -> bool:
    return beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"isEol"' in beginning and b'"result"' in beginning


FEEDS: tuple[FeedParser, ...] = (
    FeedParser(
        feed="endoflife",
        form="file",
        title=_TITLE,
        recognise=_is_file,
        read=read_file,
        url="https://github.com/endoflife-date/endoflife.date",
        best_before=120,
    ),
    FeedParser(
        feed="endoflife",
        form="api",
        title=_TITLE,
        recognise=_is_api,
        read=read_api,
        url="https://endoflife.date/docs/api/v1/",
        downloads=("https://endoflife.date/api/v1/products/full",),
        best_before=120,
    ),
)
"""The product files lie in the project's repository, folder products; the API gives all of them at once."""
