"""The permission that everything which sends a packet to a machine nobody logs in to has to show: made of a valid approval only.

It knows which addresses may be contacted, counts what was sent to each port, and ends with the approval.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_network

from omamori.gate.error import GateError
from omamori.model.gentle import NEVER_DICOM
from omamori.model.permission import ApprovalFile, Echo, IpAddress, Mistake, SiteFacts, Span
from omamori.model.text import Text

MOST_ADDRESSES = 2**18
"""Addresses one approval can name."""
_PRIVATE = tuple(
    Span(network[0], network[-1]) for network in map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
)
"""RFC 1918 and RFC 4193."""
_KEY = object()
_Interval = tuple[int, int]


class Refused(GateError):
    """The approval does not allow it."""


class Permission:
    """What a valid approval allows. Only `permit` makes one."""

    def __init__(self, key: object, file: ApprovalFile, intervals: Mapping[int, list[_Interval]], servers: tuple[IpAddress, ...]) -> None:
        """Not for callers: `key` is what `permit` holds."""
        if key is not _KEY:
            raise TypeError("a permission comes from gate.approval.permit")
        self.file = file
        self.servers = servers
        self._intervals = intervals
        self._begins = {version: [first for first, _ in spans] for version, spans in intervals.items()}
        self._spent: dict[IpAddress, dict[int, int]] = {}
        self._closed: set[IpAddress] = set()
        self._probed: set[IpAddress] = set()
        self._echoed: set[Echo] = set()

    @property
    def count(self) -> int:
        """How many addresses may be contacted."""
        return sum(last - first + 1 for spans in self._intervals.values() for first, last in spans)

    def addresses(self) -> Iterator[IpAddress]:
        """Yield every address that may be contacted, in order."""
        for version, make in ((4, IPv4Address), (6, IPv6Address)):
            for first, last in self._intervals.get(version, ()):
                for number in range(first, last + 1):
                    yield make(number)

    def allows(self, address: IpAddress) -> bool:
        """Return whether an address may be contacted at all."""
        place = bisect_right(self._begins.get(address.version, []), int(address)) - 1
        return place >= 0 and int(address) <= self._intervals[address.version][place][1]

    def check_time(self, now: datetime | None = None) -> None:
        """Raise Refused outside the time the approval holds; `now` in UTC without zone."""
        moment = now or datetime.now(UTC).replace(tzinfo=None)
        if moment < self.file.since:
            raise Refused(
                "この承認の開始日時(from)より前です。まだ何も送りません", "before the approval begins (`from`): nothing is sent yet"
            )
        if moment >= self.file.until:
            raise Refused(
                "この承認の期限(until)が過ぎています。何も送りません。新しい承認をもらってください",
                "the approval has ended (`until`): nothing is sent. Get a new approval",
            )

    def seconds_left(self) -> float:
        """Return the seconds until the approval ends; what runs on its own is ended then."""
        return (self.file.until - datetime.now(UTC).replace(tzinfo=None)).total_seconds()

    def spend(self, address: IpAddress, port: int) -> None:
        """Take one connection to a port of an address from the budget. Raises Refused where none is left or none was allowed."""
        self.check_time()
        if self.file.profile == "passive" or not self.allows(address) or address in self._closed:
            raise _not_allowed(str(address))
        ports = self._spent.setdefault(address, {})
        if ports.get(port, 0) >= self.file.connections_per_port:
            raise Refused(f"{address}:{port} への接続回数を使い切りました", f"no connection to {address}:{port} is left")
        ports[port] = ports.get(port, 0) + 1

    def already_spent(self, address: IpAddress, ports: Mapping[int, int]) -> None:
        """Count what an earlier run under the same approval sent."""
        self._spent[address] = {port: self.spent(address, port) + count for port, count in ports.items()}

    def spent(self, address: IpAddress, port: int) -> int:
        """Return how many connections to a port were taken so far."""
        return self._spent.get(address, {}).get(port, 0)

    def close(self, address: IpAddress) -> None:
        """End with an address: nothing more is sent to it by `spend`."""
        self._closed.add(address)
        self._spent.pop(address, None)

    def probe(self, address: IpAddress) -> None:
        """Take the one version detection of a named server. Raises Refused where it is not named, or was taken."""
        self.check_time()
        if self.file.profile != "servers" or address not in self.servers or not self.allows(address) or address in self._probed:
            raise _not_allowed(str(address))
        self._probed.add(address)

    def echo(self, echo: Echo) -> None:
        """Take the one C-ECHO of a named DICOM server. Raises Refused where it is not named, or was taken."""
        self.check_time()
        if echo not in self.file.dicom or not self.allows(echo.address) or echo in self._echoed or self.file.profile == "passive":
            raise _not_allowed(f"{echo.address}:{echo.port}")
        self._echoed.add(echo)


def permit(file: ApprovalFile, facts: SiteFacts) -> tuple[Permission | None, tuple[Mistake, ...], tuple[Text, ...]]:
    """Return the permission an approval gives at this site, or every reason why it gives none; and what a person should know.

    The time is asked for with every packet (`check_time`), so that a plan can be looked at before.
    """
    mistakes = [*_wrong_ranges(file, facts)]
    consented = {held.span.first for held in file.held if held.consent}
    excluded = [*file.excluded, *(held.span for held in file.held if held.consent is None)]
    forgotten = [
        (address, name)
        for address, name in facts.hands_off
        if address not in consented and not any(span.holds(address) for span in excluded)
    ]
    spans = [_machines(span) for span, _ in file.ranges + file.own_public]
    without = [*excluded, *(Span(address, address) for address, _ in forgotten)]
    intervals = {version: _subtract(_merged(spans, version), _merged(without, version)) for version in (4, 6)}
    servers, unknown = _servers(file, facts)
    mistakes += unknown
    permission = Permission(_KEY, file, intervals, servers)
    mistakes += _wrong_names(file, permission)
    if permission.count > MOST_ADDRESSES:
        mistakes.append(_mistake(0, f"範囲が広すぎます({permission.count} アドレス、上限 {MOST_ADDRESSES})。使っている範囲だけを書いてください",
                                 f"too many addresses ({permission.count}, at most {MOST_ADDRESSES}): name only networks in use"))  # fmt: skip
    elif file.profile != "passive" and not permission.count:
        mistakes.append(
            _mistake(0, "調べてよいアドレスが一つもありません。ranges を見直してください", "no address is left to look at: see `ranges`")
        )
    met = [(address, name) for address, name in forgotten if any(span.holds(address) for span in spans)]
    told = tuple(_told(file, facts, met))
    ordered = tuple(sorted(mistakes, key=lambda one: one.line))
    return (None if ordered else permission), ordered, told


def _wrong_ranges(file: ApprovalFile, facts: SiteFacts) -> Iterator[Mistake]:
    for span, line in file.ranges:
        if not any(span.inside(private) for private in _PRIVATE):
            yield _mistake(
                line,
                f"ranges: {span.text} は院内用のアドレス(10.x、172.16-31.x、192.168.x、fd..)ではありません。"
                "病院自身の公開アドレスなら own_public_ranges に書いてください",
                f"ranges: {span.text} is no private address (10.x, 172.16-31.x, 192.168.x, fd..); a public range of your own goes under own_public_ranges",
            )
    for span, line in file.own_public:
        if _special(span.first) or _special(span.last) or not any(span.inside(network) for network in facts.networks):
            yield _mistake(
                line,
                f"own_public_ranges: {span.text} は、これまでに調べた機器のネットワークに見つかりません。その回線につながる機器を先に調べてください",
                f"own_public_ranges: {span.text} is on no interface looked at so far; look at a machine on that line first",
            )
    if file.profile in ("gentle", "servers") and not file.ranges + file.own_public:
        yield _mistake(0, "ranges: 調べる範囲を書いてください", "ranges: write what may be looked at")


def _special(address: IpAddress) -> bool:
    return address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved


def _servers(file: ApprovalFile, facts: SiteFacts) -> tuple[tuple[IpAddress, ...], list[Mistake]]:
    found: dict[IpAddress, None] = {}
    mistakes = []
    for server in file.servers:
        named = [server.address] if server.address else [address for name, address in facts.names if name == server.name.lower()]
        if not named:
            mistakes.append(
                _mistake(
                    server.line,
                    f"servers: 「{server.name}」のアドレスが台帳にも集めた情報にもありません。address を書いてください",
                    f'servers: no address of "{server.name}" is known from the ledger or evidence; write its address',
                )
            )
        found |= dict.fromkeys(named)
    if file.profile == "servers" and not file.servers:
        mistakes.append(_mistake(0, "servers: 版を尋ねるサーバを書いてください", "servers: name the servers to ask for versions"))
    return tuple(found), mistakes


def _wrong_names(file: ApprovalFile, permission: Permission) -> Iterator[Mistake]:
    for server in file.servers:
        if server.address is not None and not permission.allows(server.address):
            yield _outside(server.line, "servers", server.address)
    for address in permission.servers:
        if not permission.allows(address) and address not in {server.address for server in file.servers}:
            yield _outside(0, "servers", address)
    for echo in file.dicom:
        if file.profile == "passive":
            yield _mistake(echo.line, "dicom: passive では何も送りません", "dicom: passive sends nothing")
        elif not permission.allows(echo.address):
            yield _outside(echo.line, "dicom", echo.address)
        elif echo.port in NEVER_DICOM:
            yield _mistake(
                echo.line,
                f"dicom: ポート{echo.port}はHL7か印刷のポートで、データを送りません。DICOMのポートを確かめてください",
                f"dicom: port {echo.port} is one of HL7 or printing, and nothing is sent there; see which port speaks DICOM",
            )
    if file.os_detection and file.profile != "servers":
        yield _mistake(0, "os_detection: servers でだけ使えます", "os_detection: only with the profile servers")


def _outside(line: int, key: str, address: IpAddress) -> Mistake:
    return _mistake(
        line,
        f"{key}: {address} は ranges の外か、除外されています(医療機器と他者の機器は、書面の同意がなければ除外します)",
        f"{key}: {address} is outside `ranges` or excluded (medical devices and machines of others are, without a consent on paper)",
    )


def _told(file: ApprovalFile, facts: SiteFacts, forgotten: list[tuple[IpAddress, str]]) -> Iterator[Text]:
    if forgotten:
        named = ", ".join(f"{name} ({address})" for address, name in forgotten[:10]) + (" …" if len(forgotten) > 10 else "")
        yield Text(
            f"台帳で医療機器・リース・業者の機器とされる {len(forgotten)} アドレスは、承認に書かれていないため除外しました: {named}",
            f"{len(forgotten)} addresses of machines the ledger calls medical, leased or a vendor's are not in the approval and were excluded: {named}",
        )
    if not facts.snapshot:
        yield Text(
            "このサイトにはまだ判定がないため、台帳にある医療機器との照合はしていません",
            "this site was not judged yet: the approval was not held against the medical devices of a ledger",
        )
    if file.servers and file.profile != "servers":
        yield Text("profile が servers ではないため、servers の項目は使いません", "`servers` is not used: the profile is another")


def _machines(span: Span) -> Span:
    """A network without its ends, which belong to no machine (RFC 919)."""
    if not span.network or span.first.version == 6 or int(span.last) - int(span.first) < 3:
        return span
    return Span(span.first + 1, span.last - 1)


def _merged(spans: Iterable[Span], version: int) -> list[_Interval]:
    merged: list[_Interval] = []
    for first, last in sorted((int(span.first), int(span.last)) for span in spans if span.first.version == version):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _subtract(spans: list[_Interval], without: list[_Interval]) -> list[_Interval]:
    left: list[_Interval] = []
    for first, last in spans:
        at = first
        for begin, end in without:
            if end < at or begin > last:
                continue
            if begin > at:
                left.append((at, begin - 1))
            at = end + 1
        if at <= last:
            left.append((at, last))
    return left


def _mistake(line: int, ja: str, en: str) -> Mistake:
    return Mistake(line, Text(ja, en))


def _not_allowed(what: str) -> Refused:
    return Refused(f"{what} への送信は承認されていません", f"the approval does not allow sending to {what}")


Clock = Callable[[], float]
"""Seconds that only go forward."""


class Pace:
    """Lets packets go no faster than the approval's rate."""

    def __init__(self, permission: Permission, clock: Clock = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._step = 1 / permission.file.packets_per_second
        self._clock = clock
        self._next = clock()

    def wait(self) -> float:
        """Return seconds until a packet may go; 0 now."""
        return max(0.0, self._next - self._clock())

    def went(self, packets: int = 1) -> None:
        """Count packets that went. What was not used in the past is not saved up, but for a tenth of a second."""
        self._next = max(self._next, self._clock() - 0.1) + packets * self._step
