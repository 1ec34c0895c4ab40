"""Two large scan files compared without parsing what is the same in both.

nmap writes a host as one piece of text. Pieces that are the same byte for byte, times aside, are the same host, and need no
parser. Only done where a file is built plainly; everything else is parsed whole (`None` from `index_of`), with the same result.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import BinaryIO, NamedTuple

from omamori.parse.addresses import ip
from omamori.parse.interface import EvidenceError
from omamori.parse.nmap.facts import address_of
from omamori.parse.nmap.reader import read
from omamori.parse.nmap.records import Broken, Host, Run
from omamori.snapshot.network_state import NetworkState, SeenHost
from omamori.snapshot.scan_state import add_hosts, state_of

_CHUNK = 4 * 1024 * 1024
_MAX_BLOCK = 8 * 1024 * 1024
_MAX_SKELETON = 8 * 1024 * 1024
_BATCH = 1024 * 1024
_BEGIN = re.compile(rb"<host[ >]")
_END = b"</host>"
_TIMED = re.compile(rb'<host starttime="\d{1,12}" endtime="\d{1,12}">')
_USUAL = re.compile(
    rb'(<host(?: starttime="\d{1,12}" endtime="\d{1,12}")?>)<status state="(?:up|down)" reason="(?!user-set)[a-z-]{1,40}"(?: reason_ttl="\d{1,3}")?/>\n'
    rb'<address addr="([\d.]{7,15})" addrtype="ipv4"/>\n(?:<address addr="([0-9A-F:]{17})" addrtype="mac"(?: vendor="[^"<]{0,200}")?/>\n)?(?!<address)'
)
"""The head of nearly every host as nmap writes it."""
_TIMES = re.compile(rb'<times srtt="-?\d{1,12}" rttvar="-?\d{1,12}" to="-?\d{1,12}"/>')
_NEVER_THE_SAME = re.compile(rb"<(?:uptime|tcpsequence|ipidsequence|tcptssequence) [^<>]*/>|<trace[ >](?:[^<]|<hop [^<>]*/>)*</trace>")
_TTL = re.compile(rb'(<stat(?:e|us) state="[a-z|]{1,24}" reason="[a-z-]{1,40}") reason_ttl="\d{1,3}"')
"""How far an answer travelled: another route is no change."""
_ADDRESS = re.compile(rb'<address addr="([^"&<]{1,64})" addrtype="(ipv4|ipv6|mac)"')


class Block(NamedTuple):
    """One host element: where it lies in the file, what it says (times aside), and whose it is. `address` empty: not certain."""

    digest: bytes
    offset: int
    length: int
    address: str
    mac: str


@dataclass(frozen=True, slots=True)
class Index:
    """A scan file taken apart: its run without hosts, the hosts as blocks, and where the file broke off, with the host it broke off in."""

    run: Run
    blocks: tuple[Block, ...]
    broken: tuple[Broken, ...] = ()
    tail: tuple[Host, ...] = ()


def index_of(stream: BinaryIO) -> Index | None:
    """Take a scan file apart; None where it is not built plainly enough and has to be parsed whole.

    In: the plain XML from its beginning. It must be one run, damaged nowhere but at its end, with nothing declared but nmap's document
    type, and no comment or instruction behind its prolog that could hide an element.
    """
    blocks: list[Block] = []
    skeleton: list[bytes] = []
    size = 0
    for offset, piece, is_host in _pieces(stream):
        if is_host:
            if _is_odd(piece):
                return None
            blocks.append(_block(piece, offset))
        else:
            skeleton.append(piece)
            size += len(piece)
            if size > _MAX_SKELETON:
                return None
    outside = b"".join(skeleton)
    inside = outside.partition(b"<nmaprun")[2].partition(b"</nmaprun>")[0]
    if b"<!" in inside or b"<?" in inside:
        return None
    try:
        runs, broken = read(outside)
    except EvidenceError:
        return None
    if len(runs) != 1 or any(not place.cut_off for place in broken) or len(runs[0].hosts) > 1 or any(one.whole for one in runs[0].hosts):
        return None
    return Index(replace(runs[0], hosts=()), tuple(blocks), broken, runs[0].hosts)


def _pieces(stream: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the file in pieces with their offset: host elements, and what stands between them."""
    buffer, start, at = b"", 0, 0
    last = False
    while True:
        begin = _BEGIN.search(buffer, at)
        end = buffer.find(_END, begin.start()) if begin is not None else -1
        if begin is not None and end >= 0:
            if begin.start() > at:
                yield start + at, buffer[at : begin.start()], False
            at = end + len(_END)
            yield start + begin.start(), buffer[begin.start() : at], True
            continue
        if last or len(buffer) - at > _MAX_BLOCK:
            yield start + at, buffer[at:], False
            if last:
                return
            at = len(buffer)
        more = stream.read(_CHUNK)
        last = not more
        buffer, start, at = buffer[at:] + more, start + at, 0


def _is_odd(piece: bytes) -> bool:
    """Return whether a host element holds another one, a comment or an instruction: then its text alone does not say what it is."""
    return (
        piece.find(b"<host ", 1) >= 0
        or piece.find(b"<host>", 1) >= 0
        or (b"!" in piece and b"<!" in piece)
        or (b"?" in piece and b"<?" in piece)
    )


def _block(piece: bytes, offset: int) -> Block:
    usual = _USUAL.match(piece)
    if usual is not None:
        _, address, mac = usual.groups(b"")
        return Block(_digest(piece, usual.end(1)), offset, len(piece), address.decode(), mac.decode().lower())
    timed = _TIMED.match(piece)
    head = piece[: piece.find(b"<hostnames")] if b"<hostnames" in piece[:2000] else piece[:2000]
    said = {kind: value for value, kind in reversed(_ADDRESS.findall(head))}
    known = ip(said.get(b"ipv4", said.get(b"ipv6", b"")).decode("ascii", "replace"))
    certain = known is not None and len(said) == head.count(b"<address ") and not (b"mac" in said and b'reason="user-set"' in head)
    mac = said.get(b"mac", b"").decode("ascii", "replace").lower().replace("-", ":")
    digest = _digest(piece, timed.end() if timed is not None else 0)
    return Block(digest, offset, len(piece), str(known) if certain else "", mac)


def _digest(piece: bytes, begin: int) -> bytes:
    """Return the digest of all that a host element says but for its times. In: where its first tag ends, 0 where that tells more than times."""
    tail = max(piece.rfind(b"</ports>"), begin)
    found = blake2b(b"\0" if begin else b"\1", digest_size=16)
    found.update(memoryview(piece)[begin:tail])
    rest = _TIMES.sub(b"", piece[tail:], 1)
    if b"<uptime" in rest or b"sequence" in rest or b"<trace" in rest:
        rest = _NEVER_THE_SAME.sub(b"", rest)
    found.update(rest)
    return found.digest()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states without what is the same in both; `stayed`: the hardware addresses of what was left out."""

    before: NetworkState
    after: NetworkState
    stayed: frozenset[str]


Progress = Callable[[int, int], None]
"""Told how many parts of how many are done."""


def _unheard(_done: int, _total: int) -> None:
    pass


def read_pair(before: BinaryIO, after: BinaryIO, progress: Progress = _unheard) -> Pair | None:
    """Return the two states of two scan files, without the hosts that are the same; None where either has to be parsed whole.

    In: the plain XML, from the beginning and seekable; `progress` hears how many of the hosts that differ are parsed.
    """
    one, other = index_of(before), index_of(after)
    if one is None or other is None:
        return None
    mine, theirs = _certain(one), _certain(other)
    both = mine.keys() & theirs.keys()
    same = {address for address in both if mine[address].digest == theirs[address].digest}
    same |= {address for address in both - same if _without_ttl(before, mine[address]) == _without_ttl(after, theirs[address])}
    stayed = frozenset(mine[address].mac for address in same if mine[address].mac)
    differ = len(one.blocks) + len(other.blocks) - 2 * len(same)
    first = _rest(before, one, same, lambda done: progress(done, differ))
    second = _rest(after, other, same, lambda done: progress(differ - len(other.blocks) + len(same) + done, differ))
    return Pair(first, second, stayed) if first is not None and second is not None else None


def _without_ttl(stream: BinaryIO, block: Block) -> bytes:
    piece = _piece(stream, block)
    timed = _TIMED.match(piece)
    return _digest(_TTL.sub(rb"\1", piece), timed.end() if timed is not None else 0)


def _piece(stream: BinaryIO, block: Block) -> bytes:
    stream.seek(block.offset)
    return stream.read(block.length)


def _certain(index: Index) -> Mapping[str, Block]:
    """Return the blocks by address, of addresses that stand in one block only."""
    times = Counter(block.address for block in index.blocks)
    return {block.address: block for block in index.blocks if block.address and times[block.address] == 1}


def _rest(stream: BinaryIO, index: Index, same: Set[str], progress: Callable[[int], None]) -> NetworkState | None:
    """Parse the blocks that are not the same, some at a time; None where one of them speaks of an address that was left out."""
    hosts: dict[str, SeenHost] = {}
    silent: set[str] = set()
    listed = {block.address for block in index.blocks if block.address}
    batch: list[bytes] = []
    size = 0
    waiting = [block for block in index.blocks if block.address not in same]
    for number, block in enumerate(waiting, 1):
        batch.append(_piece(stream, block))
        size += block.length
        if size > _BATCH or number == len(waiting):
            runs, _ = read(b"".join((b"<nmaprun>", *batch, b"</nmaprun>")))
            found = [host for run in runs for host in run.hosts]
            add_hosts(index.run, found, hosts, silent)
            listed |= {address_of(host) for host in found} - {""}
            batch, size = [], 0
            progress(number)
    add_hosts(index.run, index.tail, hosts, silent)
    listed |= {address_of(host) for host in index.tail} - {""}
    if not same.isdisjoint(hosts.keys() | silent):
        return None
    return replace(state_of((index.run,), index.broken, listed=listed), hosts=hosts, silent=frozenset(silent - hosts.keys()))
