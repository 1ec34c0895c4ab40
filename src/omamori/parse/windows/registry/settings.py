"""The registry → windows_settings. What one value decides stands in `values.yaml`; here is what takes more than one."""

from __future__ import annotations

from typing import Any

from omamori.model.evidence import by_column
from omamori.model.windows import WindowsSetting
from omamori.parse.windows.registry.decide import UNKNOWN, Answer, build_of, content, decide, part
from omamori.parse.windows.registry.part import Part, columns, look
from omamori.parse.windows.registry.tree import Tree

_OFF = 4
"""Start of a driver that is never loaded."""
_SRP_DISALLOWED = 0
_ASR_FIRST, _BLOCK = 16299, 1
_ASR_LOCAL = r"hklm\software\microsoft\windows defender\windows defender exploit guard\asr\rules"
_MANAGED = r"hklm\software\policies\microsoft\windows defender\policy manager"
"""What a device management (MDM) lays down for Defender."""
_SRP_GONE = 22621
"""From this build on, software restriction policies are no longer promised to work."""


def read_settings(tree: Tree) -> Part:
    """Return the one row of windows_settings; nothing where no key of it was looked at."""
    build = build_of(tree)
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    answers = {name: decide(tree, setting, build) for name, setting in content().settings.items()}
    answers |= {
        "smb1_client": _smb1_client(tree),
        "laps": _laps(tree),
        "usb_storage": _usb(tree),
        "installer_elevated": _installer(tree),
        "screen_lock_seconds": _screen_lock(tree),
        "update_server_plain": _update_server(tree),
        "defender_asr_rules": _asr_rules(tree, build),
    }
    for name, answer in answers.items():
        if answer.known:
            values[name] = answer.meaning
            lines[name] = answer.line
    values |= _auto_logon(tree, answers["auto_logon"])
    lines |= _auto_logon_lines(tree)
    values |= _execution(tree, build)
    if not values:
        return Part()
    first = min((line for line in lines.values() if line), default=tree.first)
    own = {name: str(lines.get(name, 0)) for name in values}
    row = WindowsSetting(**values, evidence=by_column(str(first), own))
    unread = [name for name in columns("windows_settings") if name not in values]
    return Part([row], [look("windows_settings", whole=True, unread=unread, refused=tree.refused)])


def _auto_logon(tree: Tree, on: Answer) -> dict[str, Any]:
    """The account and whether its password stands there. The password itself was taken out before storing."""
    key = content().keys["winlogon"]
    password, account = tree.find(key.path, "DefaultPassword"), tree.find(key.path, "DefaultUserName")
    found: dict[str, Any] = {}
    if password.known and (password.value is not None or tree.find(key.path, key.always).value is not None):
        found["auto_logon_password"] = (
            password.value is not None and not password.value.text.endswith(", empty]") and password.value.text != ""
        )
    if on.known and not on.meaning:
        found["auto_logon_account"] = None
    elif on.known and account.value is not None:
        found["auto_logon_account"] = account.value.text[:200]
    return found


def _auto_logon_lines(tree: Tree) -> dict[str, int]:
    path = content().keys["winlogon"].path
    found = {"auto_logon_password": tree.find(path, "DefaultPassword"), "auto_logon_account": tree.find(path, "DefaultUserName")}
    return {name: one.value.line for name, one in found.items() if one.value is not None}


def _smb1_client(tree: Tree) -> Answer:
    """The driver of SMB 1: not there or switched off, or else in use."""
    key = content().keys["smb1_driver"].path
    start = part(tree, "smb1_driver")
    if tree.exists(key) is False:
        return Answer(True, False)
    return Answer(True, start.meaning != _OFF, start.line) if start.known else UNKNOWN


def _laps(tree: Tree) -> Answer:
    """The newer LAPS by the first of its three keys that has a say, else the older one."""
    new, old = part(tree, "laps"), part(tree, "laps_old")
    if not new.known or new.meaning:
        return new
    return old


def _usb(tree: Tree) -> Answer:
    """No where the driver is off or a policy denies it; yes only where both were looked at."""
    driver, denied = part(tree, "usb_driver"), part(tree, "usb_all_denied")
    read, write = part(tree, "usb_read_denied"), part(tree, "usb_write_denied")
    if driver.known and driver.meaning == _OFF:
        return Answer(True, False, driver.line)
    if denied.known and denied.meaning:
        return Answer(True, False, denied.line)
    if read.known and write.known and read.meaning and write.meaning:
        return Answer(True, False, read.line)
    driven = driver.known or tree.exists(content().keys["usbstor"].path) is False
    known = driven and denied.known and ((read.known and not read.meaning) or (write.known and not write.meaning))
    return Answer(True, True, driver.line) if known else UNKNOWN


def _installer(tree: Tree) -> Answer:
    """Only where machine and user both say so; what one user has does not hold for the others."""
    machine, user = part(tree, "installer_machine"), part(tree, "installer_user")
    if machine.known and not machine.meaning:
        return Answer(True, False, machine.line)
    return Answer(True, True, machine.line) if machine.known and user.known and user.meaning else UNKNOWN


def _update_server(tree: Tree) -> Answer:
    """Whether the update server of the policy is asked over http; no where there is none."""
    own, key = part(tree, "update_own_server"), content().keys["policy_update"].path
    if own.known and not own.meaning:
        return Answer(True, False, own.line)
    server = tree.find(key, "WUServer").value
    if not own.known or server is None or "://" not in server.text:
        return UNKNOWN
    return Answer(True, server.text.lower().startswith("http://"), server.line)


def _asr_rules(tree: Tree, build: int | None) -> Answer:
    """How many rules block: those of a policy in force, else those set on the machine. Windows 10 1709 and later have them.

    Unknown where a device management (MDM) lays anything down for Defender, or may do so: its rules are not read.
    """
    if tree.exists(_MANAGED) is not False and (tree.values(_MANAGED) or not tree.whole(_MANAGED)):
        return UNKNOWN
    on, policy = part(tree, "asr_on"), content().keys["policy_defender_asr"].path
    if build is None or build < _ASR_FIRST or not on.known:
        return UNKNOWN
    key = f"{policy}\\rules" if on.meaning else _ASR_LOCAL
    if not (tree.whole(key) or tree.exists(key) is False):
        return UNKNOWN
    blocking = [value for value in tree.values(key) if value.number == _BLOCK]
    return Answer(True, len(blocking), blocking[0].line if blocking else on.line)


def _screen_lock(tree: Tree) -> Answer:
    """Seconds of the machine's limit, else of the screen saver that asks for the password; the shorter of both."""
    idle = part(tree, "idle_seconds")
    saver = _saver(tree)
    if idle.known and idle.meaning and (not saver.known or not saver.meaning or saver.meaning >= idle.meaning):
        return idle
    return saver if idle.known and saver.known else UNKNOWN


def _saver(tree: Tree) -> Answer:
    active, secure, seconds = (part(tree, f"saver_{name}") for name in ("active", "secure", "seconds"))
    if any(one.known and one.meaning == 0 for one in (active, secure, seconds)):
        return Answer(True, 0, active.line)
    for key in ("user_policy_desktop", "user_desktop"):
        program = tree.find(content().keys[key].path, "SCRNSAVE.EXE")
        if program.value is not None and program.value.text:
            return seconds if active.known and secure.known else UNKNOWN
        if not program.known:
            return UNKNOWN
    return Answer(True, 0, active.line)


def _execution(tree: Tree, build: int | None) -> dict[str, Any]:
    """Which programs may run: AppLocker, software restriction (SRP) or WDAC; what enforces goes before what watches."""
    mode, level, wdac = part(tree, "applocker_mode"), part(tree, "srp_level"), part(tree, "wdac_deployed")
    exe = content().keys["applocker_exe"].path
    rules = tree.below(exe)
    no_rules = tree.exists(exe) is False or (tree.lists(exe) and not rules)
    if rules and mode.known and mode.meaning:
        return {"execution_control": "applocker", "execution_enforced": True}
    if level.known and level.meaning == _SRP_DISALLOWED:
        told = {"execution_enforced": True} if build is not None and build < _SRP_GONE else {}
        return {"execution_control": "srp", **told}
    if wdac.known and wdac.meaning:
        # Whether the policy blocks or only watches stands in its file, not in the registry.
        return {"execution_control": "wdac"}
    others_out = level.known and wdac.known
    if rules and mode.known and others_out:
        return {"execution_control": "applocker", "execution_enforced": False}
    return {"execution_control": "none", "execution_enforced": False} if no_rules and others_out else {}
