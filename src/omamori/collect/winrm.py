"""Looks at the Windows machines the user named, over WinRM, and only at those somebody answered for."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from omamori import __version__
from omamori.collect.windows.consent import Consent, Machines
from omamori.collect.windows.remote import Seen, ask_everything, count_of, introduce
from omamori.collect.windows.stream import Head, Section, write_kit_result
from omamori.gate.winrm import WinRmOptions, WinRmSession, WinRmTarget
from omamori.gate.winrm_hosts import look_over_winrm
from omamori.gate.winrm_words import WinRmFailure, no_first_answer
from omamori.model.text import Text

__all__ = ["Brought", "WinRmOptions", "collect_over_winrm"]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one host: a kit result (None: nothing), and what has to be told (None: nothing)."""

    result: bytes | None
    told: Text | None = None


class _NotAgreed(WinRmFailure):
    """The machine is another than it was taken for, and nobody agreed that this one is looked at."""


@dataclass(slots=True)
class _Host:
    """What is known of one named host while it is looked at."""

    consent: Consent
    seen: Seen = field(default_factory=Seen)
    number: str = field(default_factory=lambda: secrets.token_hex(16))


def collect_over_winrm(
    consents: Mapping[str, Consent], machines: Machines | None, options: WinRmOptions, progress: Callable[[int, int], None]
) -> Iterator[tuple[str, Brought]]:
    """Yield (target, what came) as each host ends; a host that fails costs only itself.

    In: `consents`: the targets, `host[:port]`, each with what was answered for it; only these are contacted, and none without a
    sufficient answer. `machines`: the list, which may know a machine under the name it tells itself: its line counts then.
    `progress` gets the questions done and to do. A host cut off in the middle gives what came.
    """
    hosts = {target: _Host(consent) for target, consent in consents.items() if consent.enough}
    for target in consents.keys() - hosts.keys():
        yield target, Brought(None, _no_consent(target))

    def look(target: WinRmTarget, session: WinRmSession, step: Callable[[], None]) -> None:
        _look(target, session, hosts[target.text], machines, step)

    done = 0

    def hear(_target: str) -> None:
        nonlocal done
        done += 1
        progress(done, sum(count_of(host.seen.kind) for host in hosts.values()))

    for target, failure in look_over_winrm(list(hosts), look, options, hear):
        yield target, _brought(target, hosts[target], failure)


def _look(target: WinRmTarget, session: WinRmSession, host: _Host, machines: Machines | None, step: Callable[[], None]) -> None:
    said = introduce(session, host.seen)
    if not host.seen.host:
        raise no_first_answer(target.text, said[:80])
    own = machines.named(host.seen.host) if machines is not None else None
    if own is not None:
        host.consent = own
        if not own.enough:
            raise _NotAgreed(*_not_agreed(target.text, host.seen.host))
    ask_everything(session, host.seen, number=host.number, step=step)


def _brought(target: str, host: _Host, failure: WinRmFailure | None) -> Brought:
    seen = host.seen
    sections = list(seen.sections)
    told = [failure.text] if failure is not None else []
    if seen.left:
        told.append(_left(target, seen.left))
    result = None
    if sections:
        head = Head(seen.host, host.consent.machine, seen.privileged, __version__, date.today().isoformat(), seen.started)
        everything = [Section("consent.txt", host.consent.section()), *sections]
        result = write_kit_result(head, everything, number=secrets.token_hex(16), finished=failure is None and seen.finished)
    return Brought(result, Text(" ".join(one.ja for one in told), " ".join(one.en for one in told)) if told else None)


def _no_consent(target: str) -> Text:
    return Text(
        f"{target}: 何の機器か、誰が了解したかの記録が無いため、つないでいません。--machines のファイルに 機器名;種類;了解 の行を足すか、直してください。",
        f"{target}: not connected to: what it is and who agreed is not on record. Add or correct a line NAME;KIND;CONSENT in the file of --machines.",
    )


def _not_agreed(target: str, name: str) -> tuple[str, str]:
    return (
        f"{target}: この機器は {name} です。一覧のその行には正しい種類か、業者・メーカーの了解がありません。何も調べずに終わりました。",
        f"{target}: this machine is {name}. Its line in the list has no valid kind, or no consent of the vendor or maker. Nothing was looked at.",
    )


def _left(target: str, folder: str) -> Text:
    return Text(
        f"{target}: 一時フォルダ {folder} が消えたことを確かめられません。残っていれば消してください。",
        f"{target}: whether the temporary folder {folder} is gone could not be seen; delete it if it is there.",
    )
