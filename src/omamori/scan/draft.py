"""The approval as a form to fill in: a YAML file with what to write where, prefilled from what the site knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from omamori.model.text import Language, Text
from omamori.parse.addresses import scope
from omamori.parse.scan.approval import MARK
from omamori.parse.scan.values import read_span
from omamori.snapshot.database import Database

_MOST = 500
"""Machines that are named in a form."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What the site knows for the form: networks (zone, network), and machines that are off limits (name, addresses, maker or owner)."""

    networks: tuple[tuple[str, str], ...] = ()
    medical: tuple[tuple[str, str, str], ...] = ()
    not_ours: tuple[tuple[str, str, str], ...] = ()


_HELD = """
select a.asset, l.address, coalesce(a.vendor, ''), a.medical
from assets a join ledger_addresses l on l.asset = a.asset
where a.hands_off or a.medical order by a.asset, l.address_first, l.address
"""


def known_for_draft(database: Database) -> Filling:
    """Read it from a snapshot."""
    networks = database.select("select zone, network from zone_networks order by network_first, network, zone")
    held = database.select(_HELD)[:_MOST]
    return Filling(
        networks=tuple((zone, network) for zone, network in networks if _private(network)),
        medical=tuple((name, address, vendor) for name, address, vendor, medical in held if medical),
        not_ours=tuple((name, address, vendor) for name, address, vendor, medical in held if not medical),
    )


def draft(known: Filling, language: Language, now: datetime, zone: tzinfo) -> str:
    """Return the form. In: `now` in UTC without zone; the clock of the file is that of `zone`."""
    local = now.replace(tzinfo=None) + (zone.utcoffset(now) or timedelta())
    offset = (
        datetime(2000, 1, 1, tzinfo=zone).strftime("%z") if zone.utcoffset(now) is None else _offset(zone.utcoffset(now) or timedelta())
    )
    return "\n".join(_lines(known, language, local.date(), offset)) + "\n"


class _Note:
    """A comment in the language of the form."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, ja: str, en: str) -> str:
        return f"# {Text(ja, en).say(self._language)}"


def _lines(known: Filling, language: Language, today: date, offset: str) -> Iterator[str]:
    note = _Note(language)
    yield note(
        "お守り: ネットワークを調べることの承認。記入して、決める立場の人の承認を得てください",
        "Omamori: approval to look at the network. Fill it in and have it approved",
    )
    yield note(
        "「#」より後ろは説明です。空欄は読み飛ばされず、足りない項目はすべて教えます",
        'What follows "#" explains. Whatever is missing is told',
    )
    yield f"{MARK}: 1"
    yield note("院内の承認番号(あれば)", "number of this approval, if there is one")
    yield 'number: ""'
    yield note("承認した人、役職、承認した日", "who allowed it, post, day")
    yield 'approved_by: ""'
    yield 'position: ""'
    yield f"approved_on: {today}"
    yield note(
        "調べてよい時間帯。外では何も送りません。診療に影響しにくい夜間や休日を",
        "when: outside of it nothing is sent. Choose a night or a day without patients",
    )
    yield f"from: {today + timedelta(days=1)} 21:00"
    yield f"until: {today + timedelta(days=2)} 05:00"
    yield f'utc_offset: "{offset}"'
    yield note("異常があったとき、止めるよう連絡する先(氏名、内線)", "whom to call to have it stopped (name, extension)")
    yield 'stop_contact: ""'
    yield note("passive: 何も送らない / gentle: 接続だけ、データ0バイト / servers: gentle に加え、名指しのサーバに版を尋ねる",
               "passive: sends nothing / gentle: connects only, 0 bytes of data / servers: gentle, and asks named servers for versions")  # fmt: skip
    yield "profile: gentle"
    yield note(
        "調べてよい範囲(院内用アドレスだけ)。使っていない範囲は消してください",
        "what may be looked at (private addresses only); take out what is not in use",
    )
    yield "ranges:"
    yield from _ranges(known)
    yield note("病院自身の公開アドレスを調べるときだけ", "only to look at public addresses of your own")
    yield "own_public_ranges:"
    yield from _limits(known, note)


def _limits(known: Filling, note: _Note) -> Iterator[str]:
    yield note("決して触れないアドレス", "addresses that must never be contacted")
    yield "excluded:"
    yield from ("  # - address: 10.1.0.99", '  #   reason: ""')
    yield note("医療機器。consent(メーカーの誰が、いつ、どの書面で認めたか)を三つとも書いた機器のほかには何も送りません",
               "medical devices: nothing is sent to one without consent (who at the maker, on what day, on which paper)")  # fmt: skip
    yield from _held("medical", "maker", known.medical)
    yield note(
        "リースの機器、業者が所有・管理する機器。同じく consent がなければ何も送りません",
        "leased machines and machines of vendors: the same",
    )
    yield from _held("not_ours", "owner", known.not_ours)
    yield note(
        "servers のときだけ: 版を尋ねてよいサーバ(address か、台帳の name)",
        "only with the profile servers: whom to ask for versions (address, or name in the ledger)",
    )
    yield "servers:"
    yield "  # - address: 10.1.0.11"
    yield note("OSの推定(通常と違うパケットを送るため no のまま)", "guessing operating systems sends odd packets: leave it at no")
    yield "os_detection: no"
    yield note("DICOMサーバに C-ECHO を1回だけ送ってよいとき", "only where one DICOM C-ECHO may be sent")
    yield "dicom:"
    yield "  # - {address: 10.1.0.31, port: 11112, called_title: PACS}"
    yield note(
        "上限: 1ポートへの接続回数(1か2)、毎秒のパケット数、合計時間(分)",
        "limits: connections to one port (1 or 2), packets a second, minutes in all",
    )
    yield "budget:"
    yield from ("  connections_per_port: 2", "  packets_per_second: 50", "  minutes: 240")


def _ranges(known: Filling) -> Iterator[str]:
    if not known.networks:
        yield "  # - 10.1.0.0/24"
        return
    for zone, network in known.networks:
        yield f"  - {network}  # {_comment(zone)}"


def _held(key: str, owner: str, machines: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    listed = list(machines)
    yield f"{key}:"
    if not listed:
        yield from ("  # - address: 10.1.0.40", '  #   name: ""', f'  #   {owner}: ""', '  #   consent: {who: "", on: "", paper: ""}')
    for name, address, whose in listed:
        yield from (f"  - address: {address}", f"    name: {_quoted(name)}", f"    {owner}: {_quoted(whose)}")
        yield '    consent: {who: "", on: "", paper: ""}'


def _private(network: str) -> bool:
    span = read_span(network)
    return span is not None and scope(str(span.first)) == "private" and not str(span.first).startswith("100.")


def _comment(words: str) -> str:
    return "".join(char if char.isprintable() else " " for char in words)[:80]


def _quoted(words: str) -> str:
    return "'" + _comment(words).replace("'", "''") + "'"


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
