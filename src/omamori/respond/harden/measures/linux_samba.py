"""Linux: file sharing with Samba (smb.conf(5)): guests, the oldest protocol, signing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.model.text import Text
from omamori.respond.harden.changes import SambaSetting
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "linux-samba"
_HAND = Text(
    "/etc/samba/smb.conf を直し、testparm -s で確かめてから sudo systemctl reload smbd(RHEL系は smb)",
    "Edit /etc/samba/smb.conf, test with testparm -s, then sudo systemctl reload smbd (RHEL family: smb)",
)
_OLD = ("CORE", "COREPLUS", "LANMAN1", "LANMAN2", "NT1", "SMB2_02")
"""What is older than SMB 2.1, as testparm says it."""
_CHECKS = ("sharing.guest_share", "sharing.everybody_writes", "sharing.old_protocol", "sharing.signing_not_required")


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield what is to be changed in a machine's file sharing."""
    if not facts.open(machine, *_CHECKS):
        return
    if not facts.complete(machine, "shares") or not facts.complete(machine, "share_settings", "name", "value"):
        yield Left(NAME, machine, Text("共有の設定のすべては見ていません", "Not all settings of file sharing were seen"))
        return
    yield from _guests(facts, machine)
    yield from _writers(facts, machine)
    yield from _protocol(facts, machine)
    yield from _signing(facts, machine)


def _guests(facts: Facts, machine: Machine) -> Iterator[Measure]:
    for one in facts.open(machine, "sharing.guest_share"):
        share = _share(one, machine)
        yield _measure(
            machine,
            Text(f"共有 {share} をアカウントなしで開けないようにする", f"The share {share} no longer opens without an account"),
            Text(
                "つながった機器なら何でも、中身を読み、暗号化して人質にできます",
                "Any machine on the network can read it, and may encrypt all of it",
            ),
            Text(
                f"アカウントなしで {share} を使っている人や装置は開けなくなります。先にアカウントを用意してください",
                f"People and devices that use {share} without an account can no longer open it: give them accounts first",
            ),
            (SambaSetting(share, "guest ok", "no", ("yes",)),),
            (one,),
        )


def _writers(facts: Facts, machine: Machine) -> Iterator[Measure]:
    """Who has to write is known to the hospital alone: a share is narrowed to them by hand."""
    for one in facts.open(machine, "sharing.everybody_writes"):
        share = _share(one, machine)
        yield _measure(
            machine,
            Text(f"共有 {share} に書ける人を決める", f"Decide who may write to the share {share}"),
            Text(
                "どの一台が感染しても、この共有の中身が暗号化されます", "Whichever machine is infected, this share's content is encrypted"
            ),
            Text("名前のない人は読むだけになります", "Whoever is not named can only read"),
            (),
            (one,),
            Text(
                f"smb.conf の [{share}] に read only = yes と write list = @書く人のグループ を書きます",
                f"In [{share}] of smb.conf write read only = yes and write list = @the-group-that-writes",
            ),
        )


def _protocol(facts: Facts, machine: Machine) -> Iterator[Measure]:
    found = facts.open(machine, "sharing.old_protocol")
    if found:
        yield _measure(
            machine,
            Text("古いファイル共有(SMB1)を受け付けない", "No more file sharing by the old SMB1"),
            Text(
                "2017年に世界の病院を止めたウイルスが使った方式です", "It is what the worm of 2017 used to stop hospitals round the world"
            ),
            Text(
                "SMB1しか知らない複合機や検査装置は共有を使えなくなります。先に一台ずつ試してください",
                "Copiers and devices that know only SMB1 can no longer use the shares: try them first",
            ),
            (SambaSetting("global", "server min protocol", "SMB2_10", _OLD),),
            found,
        )


def _signing(facts: Facts, machine: Machine) -> Iterator[Measure]:
    found = facts.open(machine, "sharing.signing_not_required")
    if found:
        yield _measure(
            machine,
            Text("ファイル共有に署名を求める", "File sharing has to be signed"),
            Text("間に入った者が他人になりすまして読み書きできなくなります", "Somebody in between can no longer act as another user"),
            Text("署名のできない古い装置はつながらなくなります", "Old devices that cannot sign can no longer connect"),
            (SambaSetting("global", "server signing", "mandatory"),),
            found,
        )


def _share(one: Promise, machine: Machine) -> str:
    return one.key.removeprefix(f"{machine.asset} | ")


def _measure(
    machine: Machine,
    what: Text,
    why: Text,
    stops: Text,
    changes: tuple[SambaSetting, ...],
    found: Sequence[Promise],
    hand: Text = _HAND,
) -> Measure:
    return Measure(
        kind=NAME,
        machine=machine,
        what=what,
        why=why,
        stops=stops,
        menu=Menu(hand),
        changes=changes,
        promises=tuple(found),
        evidence=tuple(dict.fromkeys(one.evidence for one in found if one.evidence)),
    )


KIND = Kind(name=NAME, title=Text("Sambaの共有の設定", "Settings of Samba's shares"), system="linux", propose=propose, fixes=_CHECKS)
