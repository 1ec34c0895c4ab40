"""Linux: the SSH server's settings. Lines go to the head of sshd_config, where they count before any other (sshd_config(5))."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from omamori.model.text import Text
from omamori.respond.harden.changes import HeadLines
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "linux-ssh"
FILE = "/etc/ssh/sshd_config"
_CHECK = ("sshd", "-t", "-f", "{}")
_WEAK = re.compile("-cbc|arcfour|hmac-md5|hmac-ripemd|group1-sha1|group-exchange-sha1|group14-sha1$")
"""As the check remote_login.weak_ciphers has it."""
_LISTS = {"ciphers": "Ciphers", "macs": "MACs", "kexalgorithms": "KexAlgorithms"}
_HAND = Text(
    "/etc/ssh/sshd_config の先頭に次の行を書き、sudo sshd -t で確かめてから sudo systemctl reload ssh(RHEL系は sshd)",
    "Write the lines at the head of /etc/ssh/sshd_config, test with sudo sshd -t, then sudo systemctl reload ssh (RHEL family: sshd)",
)
_CHECKS = (
    "remote_login.ssh_root_password",
    "remote_login.empty_passwords_allowed",
    "remote_login.weak_ciphers",
    "remote_login.guessing_unlimited",
)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield what is to be changed in the settings of a machine's SSH server."""
    if not facts.open(machine, *_CHECKS):
        return
    if not facts.complete(machine, "ssh_settings", "name", "value"):
        yield Left(NAME, machine, Text("SSHの設定のすべては見ていません", "Not all settings of SSH were seen"))
        return
    settings = {row.name: row.value or "" for row in facts.rows("ssh_settings", machine) if row.match_rule is None}
    matched = {row.name for row in facts.rows("ssh_settings", machine) if row.match_rule is not None}
    yield from _root(facts, machine, matched)
    yield from _empty(facts, machine, matched)
    yield from _ciphers(facts, machine, settings)
    yield from _guessing(facts, machine, matched)


def _root(facts: Facts, machine: Machine, matched: set[str]) -> Iterator[Measure | Left]:
    found = facts.open(machine, "remote_login.ssh_root_password")
    if found and "permitrootlogin" in matched:
        yield _elsewhere(machine, "PermitRootLogin")
    elif found:
        yield _measure(
            machine,
            Text("管理者(root)のSSHのパスワードログインを止める", "No more SSH logins of root with a password"),
            Text(
                "rootという名前は誰でも知っているので、残るのはパスワードだけです。鍵でのログインは今までどおりできます",
                "Everybody knows the name root, so only a password is left to guess. Logging in with a key works as before",
            ),
            Text(
                "rootのパスワードで入っていた人は入れません。先に別の管理者アカウントか鍵で入れることを確かめてください",
                "Whoever logs in with root's password can no longer. First make sure that another administrator or a key gets in",
            ),
            ("PermitRootLogin prohibit-password",),
            found,
            was=(("permitrootlogin", "yes"),),
        )


def _empty(facts: Facts, machine: Machine, matched: set[str]) -> Iterator[Measure | Left]:
    found = facts.open(machine, "remote_login.empty_passwords_allowed")
    if found and "permitemptypasswords" in matched:
        yield _elsewhere(machine, "PermitEmptyPasswords")
    elif found:
        yield _measure(
            machine,
            Text("パスワードのないアカウントのSSHログインを止める", "No more SSH logins without a password"),
            Text("名前だけで入れるアカウントが入口になります", "An account whose name is enough is a way in"),
            Text(
                "パスワードのないアカウントで入っていた人や機器は入れません",
                "People or devices that log in without a password cannot any longer",
            ),
            ("PermitEmptyPasswords no",),
            found,
        )


def _ciphers(facts: Facts, machine: Machine, settings: Mapping[str, str]) -> Iterator[Measure | Left]:
    found = facts.open(machine, "remote_login.weak_ciphers")
    if not found:
        return
    lines, was = [], []
    for name, word in _LISTS.items():
        offered = [one for one in settings.get(name, "").split(",") if one]
        good = [one for one in offered if not _WEAK.search(one)]
        if offered and not good:
            why = Text(
                f"{word} に新しい方式が一つもありません。OpenSSHの更新が先です", f"{word} has no newer method at all: update OpenSSH first"
            )
            yield Left(NAME, machine, why)
            return
        if good != offered:
            lines.append(f"{word} {','.join(good)}")
            was.append((name, settings[name]))
    yield _measure(
        machine,
        Text("SSHから古い暗号を外す", "Take old cryptography out of SSH"),
        Text("破り方の知られた暗号では、通信を読まれる恐れがあります", "With methods whose weaknesses are known the traffic may be read"),
        Text(
            "古い方式しか知らない保守ソフトや装置はつながらなくなります",
            "Maintenance software and devices that know only the old methods can no longer connect",
        ),
        tuple(lines),
        found,
        was=was,
    )


def _guessing(facts: Facts, machine: Machine, matched: set[str]) -> Iterator[Measure | Left]:
    """Passwords are switched off only where an administrator has a key; else it is work by hand."""
    found = facts.open(machine, "remote_login.guessing_unlimited")
    if not found:
        return
    accounts = facts.rows("accounts", machine)
    keys = facts.complete(machine, "accounts", "authorized_keys", "administrator")
    keys = keys and any(one.enabled and one.administrator and (one.authorized_keys or 0) > 0 for one in accounts)
    lines = ("PasswordAuthentication no", "KbdInteractiveAuthentication no") if keys and "passwordauthentication" not in matched else ()
    yield _measure(
        machine,
        Text("SSHのパスワードログインを、全員について止める(鍵だけにする)", "No more SSH logins with a password for anybody: keys only")
        if lines
        else Text("SSHのパスワードを試し放題にしない", "SSH passwords can no longer be guessed without limit"),
        Text("プログラムは一晩に何万回も試せます", "A program tries tens of thousands in one night"),
        Text("鍵のない人はSSHで入れなくなります", "Whoever has no key can no longer log in over SSH")
        if lines
        else Text(
            "間違えた相手を止めるfail2banなら、正しく入る人は変わりません",
            "With fail2ban, which shuts out who fails, nothing changes for the others",
        ),
        lines,
        found,
        Text(
            "fail2ban を入れて sshd の監視を有効にするか、全員の鍵を用意してから PasswordAuthentication no にします",
            "Install fail2ban and switch on its jail for sshd; or give everybody a key and then set PasswordAuthentication no",
        ),
    )


def _measure(
    machine: Machine,
    what: Text,
    why: Text,
    stops: Text,
    lines: Sequence[str],
    found: Sequence[Promise],
    hand: Text = _HAND,
    was: Sequence[tuple[str, str]] = (),
) -> Measure:
    return Measure(
        kind=NAME,
        machine=machine,
        what=what,
        why=why,
        stops=stops,
        menu=Menu(Text(f"{hand.ja}: {'、'.join(lines)}", f"{hand.en}: {'; '.join(lines)}") if hand is _HAND else hand),
        changes=(HeadLines(FILE, tuple(lines), _CHECK, "ssh", tuple(was)),) if lines else (),
        promises=tuple(found),
        evidence=tuple(dict.fromkeys(one.evidence for one in found if one.evidence)),
    )


def _elsewhere(machine: Machine, word: str) -> Left:
    return Left(
        NAME,
        machine,
        Text(
            f"{word} がMatchの条件の中にもあります。どの相手のためかを確かめてから直します",
            f"{word} also stands in a Match block: find out for whom first",
        ),
    )


KIND = Kind(name=NAME, title=Text("SSHサーバの設定", "Settings of the SSH server"), system="linux", propose=propose, fixes=_CHECKS)
