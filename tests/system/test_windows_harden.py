"""A hardening plan's scripts, run by Wine's cmd for real: they save, change, tell what they could not do, and give back what was there.

Wine has a registry and the commands for it. It has no security policy, no audit policy and answers for no service: what needs those must be told as
not done. For one test a program of ours plays `secedit` and `auditpol`, as Microsoft's pages describe them.
Its registry is a sick machine's of the golden hospital. Each run takes many programs, so the plan holds a choice of measures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.system.windows_wine import Wine, drive

from hospitals_windows import machine_of
from hospitals_windows_hive import registry_of
from hospitals_windows_registry import export
from omamori.model.text import Text
from omamori.respond.harden.changes import (
    Change,
    NothingBelow,
    ProfileOpen,
    RegistryValue,
    SecurityArea,
    ShareClosed,
    ShareRights,
    Still,
    WindowsRule,
)
from omamori.respond.harden.measures.windows_settings import rows
from omamori.respond.harden.parts import Machine, Measure, Menu
from omamori.respond.harden.write.registry import WRITERS
from omamori.respond.harden.write.windows_values import LOCAL_FIREWALL, POLICY_FIREWALL, RULES, SHARES, descriptor

pytestmark = pytest.mark.system

CHOSEN = (
    "security-log-size", "audit-logons", "wdigest-off", "cached-logons", "password-length", "rdp-nla", "usb-storage-off", "lm-level",
    "smb1-client-off", "update-service-startable", "auto-logon-password",
)  # fmt: skip
RULE = "v2.30|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=445|App=%SystemRoot%\\a.exe|Name=遮断|"
ODD = r"HKLM\SOFTWARE\OmamoriTest"


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    made = Wine(tmp_path_factory.mktemp("wine"))
    try:
        made.run("wineserver", "--persistent")
        assert made.run("wine", "wineboot", "-i")[0] == 0
        seed = made.folder / "seed.reg"
        seed.write_bytes(export(registry_of(machine_of("sick", "TS01", datetime(2026, 6, 1))), "HKLM") or b"")
        assert made.run("wine", "reg", "import", drive(seed))[0] == 0
        for name, kind, data in (
            ("gone", "REG_MULTI_SZ", r"a\0b c"),
            ("odd", "REG_SZ", "is this ? odd"),
            ("text", "REG_EXPAND_SZ", "%windir%\\x"),
        ):
            made.put(ODD, name, kind, data)
        workstation = r"HKLM\SYSTEM\CurrentControlSet\Services\LanmanWorkstation"
        depends = r"Bowser\0MRxSmb10\0MRxSmb20\0NSI"
        made.put(workstation, "DependOnService", "REG_MULTI_SZ", depends)
        yield made
    finally:
        made.run("wineserver", "--kill")


@pytest.fixture(scope="module")
def plan(wine: Wine) -> Path:
    """The files of a plan with the measures chosen, and some changes of other kinds."""
    machine = Machine(wine.name, "windows", "server", "", "", "", "10.0.17763", False, False, False)
    known = {row.name: row for row in rows()}
    measures = [
        Measure(name, machine, row.what, row.why, row.stops, row.menu, row.changes, (), row.notes)
        for name in CHOSEN
        for row in (known[name],)
    ]
    others: tuple[tuple[Change, ...], ...] = (
        (RegistryValue(ODD, "gone", "sz", None), RegistryValue(ODD, "text", "sz", "new")),
        (WindowsRule("local", "Omamori 445", RULE), WindowsRule("policy", "{0}", RULE)),
        (ShareClosed("work"),),
        (RegistryValue(ODD, "odd", "sz", "plain"), RegistryValue(ODD, "behind", "dword", 1)),
    )
    told = Text("ほか", "others")
    measures += [Measure("others", machine, told, told, told, Menu(told), changes) for changes in others]
    return written(wine.folder / "plan (A B)", machine, measures)


def written(folder: Path, machine: Machine, measures: list[Measure]) -> Path:
    for file in WRITERS["windows"](machine, measures):
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder / machine.asset


def told(shown: str, word: str) -> list[str]:
    return [line.split(": ")[0].strip().rpartition("\\")[2] for line in shown.splitlines() if line.startswith("  ") and f": {word}" in line]


def test_it_changes_what_it_says_and_undo_gives_back_every_byte(wine: Wine, plan: Path) -> None:
    lsa, winlogon = r"HKLM\SYSTEM\CurrentControlSet\Control\Lsa", r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon"
    log = r"HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Security"
    strict = ((winlogon, "CachedLogonsCount", "REG_SZ", "0"), (log, "MaxSize", "REG_DWORD", "1073741824"))
    for key, name, kind, data in strict:
        wine.put(key, name, kind, data)
    before = wine.exported()
    code, shown = wine.script(plan / "apply.cmd", typed=b"1\r\n")
    assert code == 1, shown
    changed = told(shown, "changed")
    assert changed == [
        "UseLogonCredential", "UserAuthentication", "Deny_Read", "Deny_Write", "LmCompatibilityLevel", "DependOnService", "Start",
        "gone", "text", "Omamori 445", "{0}",
    ]  # fmt: skip
    assert told(shown, "is so already, or stricter") == ["MaxSize", "CachedLogonsCount"]
    # Wine has neither of these, and says so by saying nothing.
    assert told(shown, "not done: the command it needs gave no answer") == [
        "auditpol {0cce9215-69ae-11d9-bed3-505054503030}",
        "MinimumPasswordLength",
    ]
    assert told(shown, "not done: Windows did not take it") == ["wuauserv", "work"]
    assert told(shown, "not done: what is there now could not be given back for certain") == ["odd"]
    assert told(shown, "not done, since a step before it was not") == ["behind"]
    assert "by hand: see the menu" in shown and "after a restart" in shown
    assert [wine.value(lsa, "LmCompatibilityLevel"), wine.value(ODD, "text"), wine.value(ODD, "odd")] == ["0x3", "new", "is this ? odd"]
    after = wine.exported()
    assert all(one != other for one, other in zip(before, after, strict=True)) and "遮断".encode("utf-16-le") in after[1]

    # A second run finds everything as it should be, and changes nothing.
    code, shown = wine.script(plan / "apply.cmd", "/tried:PC7 by Sato", "/auto")
    assert code == 1 and told(shown, "changed") == [] and set(changed) <= set(told(shown, "is so already"))
    assert wine.exported() == after

    # The undo that lies on the machine itself leaves what somebody changed in between, and tells so.
    wine.put(lsa, "LmCompatibilityLevel", "REG_DWORD", "5")
    (state,) = (wine.folder / "prefix" / "drive_c" / "windows" / "Omamori").iterdir()
    code, shown = wine.script(state / "undo.cmd", "/auto")
    assert code == 1 and told(shown, "somebody changed it in between") == ["LmCompatibilityLevel"]
    assert sorted([*told(shown, "given back"), "LmCompatibilityLevel"]) == sorted(changed)
    assert wine.value(lsa, "LmCompatibilityLevel") == "0x5"
    wine.put(lsa, "LmCompatibilityLevel", "REG_DWORD", "3")
    code, shown = wine.script(plan / "undo.cmd", "/auto")
    assert code == 0 and told(shown, "given back") == ["LmCompatibilityLevel"]
    assert wine.exported() == before
    left = sorted(path.name for path in state.iterdir())
    assert left == ["log.txt", "messages.en.txt", "messages.ja.txt", "steps", "undo.cmd"], "all that was saved was given back"
    assert "PC7 by Sato" in (state / "log.txt").read_text("ascii")


def test_a_rule_somebody_changed_since_it_was_seen_is_left(wine: Wine, tmp_path: Path) -> None:
    wide = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|Name=a & b|"
    off, narrow = wide.replace("TRUE", "FALSE"), wide.replace("Name", "RA4=10.1.2.5|Name")
    key = RULES["local"]
    for name, text in (("seen", wide), ("closed", off), ("done", narrow)):
        wine.put(key, name, "REG_SZ", text)
    before = wine.exported()
    machine = Machine(wine.name, "windows", "server", "", "", "", "10.0.17763", False, False, False)
    said = Text("x", "x")
    rules = tuple(WindowsRule("local", name, narrow, wide) for name in ("closed", "gone", "done", "seen"))
    plan = written(tmp_path, machine, [Measure("rules", machine, said, said, said, Menu(said), rules)])
    for _ in range(2):
        code, shown = wine.script(plan / "apply.cmd", "/trial", "/auto")
        assert code == 1 and told(shown, "not done: it was changed since the look") == ["closed", "gone"], shown
        assert [wine.value(key, name) for name in ("seen", "closed", "done")] == [narrow, off, narrow]
    code, shown = wine.script(plan / "undo.cmd", "/auto")
    assert code == 0 and told(shown, "given back") == ["seen"] and wine.exported() == before


def test_what_somebody_closed_since_the_look_stays_closed(wine: Wine, tmp_path: Path) -> None:
    seen, own = (descriptor([("S-1-1-0", "read"), ("S-1-5-32-544", "full")]), descriptor([("S-1-5-32-544", "full")]))
    profile, exe, listed = rf"{LOCAL_FIREWALL}\StandardProfile", r"HKLM\SOFTWARE\Policies\OmamoriTest\Exe", "Bowser\\0MRxSmb20"
    for key, name, kind, data in (
        (rf"{LOCAL_FIREWALL}\DomainProfile", "EnableFirewall", "REG_DWORD", "0"),
        (profile, "EnableFirewall", "REG_DWORD", "1"),
        (rf"{SHARES}\Security", "wide", "REG_BINARY", seen.hex()),
        (rf"{SHARES}\Security", "closed", "REG_BINARY", own.hex()),
        (RULES["local"], "Omamori-mine", "REG_SZ", "v2.30|narrower|"),
        (rf"{exe}\ours", "Value", "REG_SZ", "rule"),
        (rf"{exe}\theirs", "Value", "REG_SZ", "rule"),
        (ODD, "list", "REG_MULTI_SZ", listed),
    ):
        wine.put(key, name, kind, data)
    for key in (POLICY_FIREWALL, r"HKLM\SOFTWARE\Policies\OmamoriTest\Exe\NotThere"):
        wine.run("wine", "reg", "delete", key, "/f")
    before = wine.exported()
    machine = Machine(wine.name, "windows", "server", "", "", "", "10.0.17763", False, False, False)
    said, policy = Text("x", "x"), rf"{POLICY_FIREWALL}\PrivateProfile"
    right = (("S-1-5-32-544", "full"),)
    on = (WindowsRule("local", "Omamori-new", RULE, ""), RegistryValue(policy, "EnableFirewall", "dword", 1))
    given: list[tuple[tuple[Change, ...], tuple[Still, ...]]] = [
        (on, (ProfileOpen("domain"), ProfileOpen("private"))),
        ((ShareRights("wide", right, seen), ShareRights("closed", (("S-1-1-0", "read"), *right), seen)), ()),
        ((WindowsRule("local", "Omamori-mine", RULE, ""),), ()),
        ((RegistryValue(exe, "EnforcementMode", "dword", 0),), (NothingBelow(exe, ("ours",)),)),
        ((RegistryValue(ODD, "list", "multi", ("Bowser", "NSI"), holding="MRxSmb10"),), ()),
    ]
    measures = [Measure("k", machine, said, said, said, Menu(said), changes, still=still) for changes, still in given]
    plan = written(tmp_path, machine, measures)
    code, shown = wine.script(plan / "apply.cmd", "/trial", "/auto")
    assert code == 1 and told(shown, "changed") == ["wide"] and told(shown, "is so already") == ["list"], shown
    assert shown.count("this was changed since the look. Collect again and plan anew") == 2
    assert told(shown, "not done: it was changed since the look") == ["closed", "Omamori-mine"]
    # As it was seen, it is done; a second run does not take its own work for somebody else's.
    wine.put(profile, "EnableFirewall", "REG_DWORD", "0")
    wine.run("wine", "reg", "delete", rf"{exe}\theirs", "/f")
    code, shown = wine.script(plan / "apply.cmd", "/trial", "/auto")
    done = ["Omamori-new", "EnableFirewall", "EnforcementMode"]
    assert code == 1 and told(shown, "changed") == done and "this was changed" not in shown, shown
    code, shown = wine.script(plan / "apply.cmd", "/trial", "/auto")
    assert told(shown, "changed") == [] and set(done) <= set(told(shown, "is so already")) and "this was changed" not in shown, shown
    code, shown = wine.script(plan / "undo.cmd", "/auto")
    assert code == 0 and sorted(told(shown, "given back")) == sorted([*done, "wide"]), shown
    wine.put(profile, "EnableFirewall", "REG_DWORD", "1")
    wine.put(rf"{exe}\theirs", "Value", "REG_SZ", "rule")
    assert wine.exported() == before


def test_one_measure_can_be_left_out(wine: Wine, tmp_path: Path) -> None:
    machine = Machine(wine.name, "windows", "server", "", "", "", "10.0.17763", False, False, False)
    names = ("one", "two", "three")
    measures = [
        Measure(
            name, machine, Text(name, name), Text("x", "x"), Text("x", "x"), Menu(Text("x", "x")), (RegistryValue(ODD, name, "dword", 1),)
        )
        for name in names
    ]
    plan, before = written(tmp_path, machine, measures), wine.exported()
    code, shown = wine.script(plan / "apply.cmd", "/list")
    assert code == 0 and [line.split() for line in shown.splitlines() if line.startswith("  ")] == [
        ["1", "one"],
        ["2", "two"],
        ["3", "three"],
    ]
    ways = (
        (lambda: wine.script(plan / "apply.cmd", "/trial", "/auto", "/without:2"), ["one", "three"]),
        (lambda: wine.script(plan / "apply.cmd", "/trial", "/auto", "/only:1,3"), ["one", "three"]),
        (lambda: wine.talk(plan / "apply.cmd", ("1/2> ", "1"), ("\n> ", "; 2, 3")), ["one"]),
        (lambda: wine.talk(plan / "apply.cmd", ("1/2> ", "1"), ("\n> ", "")), ["one", "two", "three"]),
    )
    for way, changed in ways:
        code, shown = way()
        assert code == 0 and told(shown, "changed") == changed, shown
        assert shown.count("left out, as you said") == 3 - len(changed)
        code, shown = wine.script(plan / "undo.cmd", "/auto")
        assert code == 0 and sorted(told(shown, "given back")) == sorted(changed) and wine.exported() == before, shown
    wrong = (
        lambda: wine.script(plan / "apply.cmd", "/trial", "/auto", "/without:4"),
        lambda: wine.script(plan / "apply.cmd", "/trial", "/auto", "/only:two"),
        lambda: wine.talk(plan / "apply.cmd", ("1/2> ", "1"), ("\n> ", "all but 2")),
    )
    for way in wrong:
        code, shown = way()
        assert code and "no measure of that number" in shown and wine.exported() == before, shown


def test_without_an_answer_and_on_another_machine_nothing_is_done(wine: Wine, plan: Path, tmp_path: Path) -> None:
    """Behind `call` the cmd of Wine knows no exit code but 0 and 1."""
    before = wine.exported()
    for typed, words in ((b"yes\r\n", ()), (b"", ("/auto",))):
        code, shown = wine.script(plan / "apply.cmd", *words, typed=typed)
        assert code and "nothing was done" in shown
    other = tmp_path / "apply.cmd"
    other.write_bytes((plan / "apply.cmd").read_bytes().replace(f'"FOR={wine.name}"'.encode(), b'"FOR=OTHER-PC"'))
    (tmp_path / "messages.en.txt").write_bytes((plan / "messages.en.txt").read_bytes())
    code, shown = wine.script(other, "/trial", "/auto")
    assert code and "another name" in shown
    assert wine.exported() == before


def test_policies_are_given_back_as_they_were(wine: Wine, tmp_path: Path) -> None:
    """Last of all: it makes commands that Wine has not."""
    logon, program = "0cce9215-69ae-11d9-bed3-505054503030", "0cce922b-69ae-11d9-bed3-505054503030"
    before = {
        "System Access": {"MinimumPasswordLength": "6", "PasswordHistorySize": "24", "LockoutBadCount": "0"},
        "Privilege Rights": {"SeDebugPrivilege": "*S-1-1-0,*S-1-5-32-544"},
        "audit": {logon: "1", program: "3"},
    }
    state = tmp_path / "state.json"
    state.write_text(json.dumps(before, sort_keys=True))
    wine.play(tmp_path)
    known = {row.name: row for row in rows()}
    machine = Machine(wine.name, "windows", "server", "", "", "", "10.0.17763", False, False, False)
    chosen = ("audit-logons", "audit-programs", "password-history", "password-length", "lockout")
    measures = [Measure(name, machine, row.what, row.why, row.stops, row.menu, row.changes) for name in chosen for row in (known[name],)]
    right = SecurityArea("Privilege Rights", "SeDebugPrivilege", "*S-1-5-32-544")
    measures.append(Measure("right", machine, Text("x", "x"), Text("x", "x"), Text("x", "x"), Menu(Text("x", "x")), (right,)))
    plan = written(tmp_path, machine, measures)
    for path in plan.glob("*.cmd"):
        # Scripts play these programs, and cmd comes back from a script only where it is called.
        path.write_bytes(re.sub(rb"(?<![\w=])(secedit|auditpol) /", rb"call \1.cmd /", path.read_bytes()))
    code, shown = wine.script(plan / "apply.cmd", "/trial", "/auto")
    after = json.loads(state.read_text())
    assert code == 0, shown
    assert after["System Access"] == {
        "MinimumPasswordLength": "13", "PasswordHistorySize": "24", "LockoutBadCount": "10", "LockoutDuration": "15", "ResetLockoutCount": "15",
    }  # fmt: skip
    assert after["Privilege Rights"] == {"SeDebugPrivilege": "*S-1-5-32-544"} and after["audit"] == {logon: "3", program: "3"}
    assert told(shown, "is so already") == [f"auditpol {{{program}}}", "PasswordHistorySize"]
    code, shown = wine.script(plan / "undo.cmd", "/auto")
    assert code == 0, shown
    given = json.loads(state.read_text())
    # How long an account was locked that never was is nothing Windows tells.
    for name in ("LockoutDuration", "ResetLockoutCount"):
        del given["System Access"][name]
    assert given == before
