"""Linux: what is done and taken back on a machine as two POSIX shell scripts, `apply.sh` and `undo.sh`, and how to see that it holds.

The scripts are one text with another beginning: functions, which change nothing by themselves (`linux_*.sh`), and the steps of the machine.
What was there is saved on the machine before anything is changed.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterator, Sequence
from importlib.resources import files

from omamori.model.text import Text
from omamori.respond.harden.changes import Change, FileText, HeadLines, KernelValue, LinesInstead, ModeTaken, NftTable, SambaSetting, Unit
from omamori.respond.harden.parts import File, Machine, Measure
from omamori.respond.harden.write.folder import folder_of

SAMBA = "/etc/samba/smb.conf"
SYSCTL = "/etc/sysctl.d/99-omamori-harden.conf"
_END = "OMAMORI_END"
_UNIT = re.compile(r"(?!-)[\w.@:\\-]{1,255}")
"""A name of a service; it also becomes a file below /etc/init.d and a word of systemctl."""
_LIBRARY = ("linux_items.sh", "linux_services.sh", "linux_run.sh")


def write(machine: Machine, measures: Sequence[Measure]) -> tuple[File, ...]:
    """Return `apply.sh`, `undo.sh` and `verify.txt` for a machine, below a folder of its name.

    ValueError for a change that is not of a Linux machine, or whose words cannot stand in a script.
    """
    changes = list(dict.fromkeys(change for measure in measures for change in measure.changes))
    steps, keep = _steps(changes), _keep(changes)
    plan = hashlib.sha256(f"{machine.asset}\n{steps}\n{keep}".encode()).hexdigest()[:12]
    body = f'\nsteps() {{\n{steps}}}\n\nkeep() {{\n{keep}}}\n\nmain "$@"\n'
    library = "\n".join((files(__package__) / name).read_text(encoding="utf-8") for name in _LIBRARY)
    scripts = {name: f"{_head(machine, measures, plan, name)}\n{library}{body}" for name in ("apply", "undo")}
    folder = f"linux/{folder_of(machine.asset)}"
    return (
        File(f"{folder}/apply.sh", scripts["apply"].encode(), Text(f"{machine.asset}: 適用(rootで)", f"{machine.asset}: apply (as root)")),
        File(f"{folder}/undo.sh", scripts["undo"].encode(), Text(f"{machine.asset}: 元に戻す", f"{machine.asset}: take it back")),
        File(
            f"{folder}/verify.txt",
            _verify(machine, changes).encode(),
            Text(f"{machine.asset}: 確かめ方", f"{machine.asset}: how to see it"),
        ),
    )


def _head(machine: Machine, measures: Sequence[Measure], plan: str, name: str) -> str:
    told = []
    for measure in measures:
        for ja, en in ((measure.what.ja, measure.what.en), (measure.stops.ja, measure.stops.en)):
            told += [f"#  - {_line(ja)}", f"#    {_line(en)}"]
    use = {
        "apply": "# sh apply.sh | sh apply.sh trial 10 (分/minutes) | sh apply.sh confirm",
        "undo": "# sh undo.sh",
    }[name]
    lines = [
        "#!/bin/sh",
        f"# {_line(machine.asset)}: 堅牢化の計画 / hardening plan {plan}",
        use,
        "# 変えること / what it changes, 止まり得ること / what may stop:",
        *told,
        f"PLAN={plan}",
        f"MACHINE={_quoted(machine.hostname.lower())}",
        f"DEFAULT={name}",
    ]
    return "\n".join(lines)


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(word: str) -> str:
    if any(character < " " or character == "\x7f" for character in word):
        raise ValueError(f"a word with control characters cannot stand in a script: {word!r}")
    return shlex.quote(word)


def _here(command: str, lines: Sequence[str]) -> str:
    if any("\n" in line or line == _END for line in lines):
        raise ValueError(f"a line that cannot stand in a script: {lines!r}")
    return "\n".join([f"{command} <<'{_END}'", *lines, _END, ""])


def _steps(changes: Sequence[Change]) -> str:
    """Return the steps in order: files (each once, whatever many measures want of it), rights, kernel, services, tables last."""
    parts: list[str] = []
    for number, (path, edits) in enumerate(_by_file(changes).items(), 1):
        parts.append(_file(f"{number:03}", path, edits))
    later = [one for one in changes if isinstance(one, ModeTaken | KernelValue | Unit | NftTable)]
    later.sort(key=lambda one: (ModeTaken, KernelValue, Unit, NftTable).index(type(one)))
    parts += [_other(f"{number:03}", one) for number, one in enumerate(later, len(parts) + 1)]
    return "".join(parts) or ":\n"


def _keep(changes: Sequence[Change]) -> str:
    tables = [one for one in changes if isinstance(one, NftTable)]
    text = "".join(_here(f"keep_table 9{number:02} {_quoted(one.name)}", _table(one)) for number, one in enumerate(tables))
    return text or ":\n"


def _by_file(changes: Sequence[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for one in changes:
        match one:
            case FileText(path=path) | HeadLines(path=path) | LinesInstead(path=path):
                found.setdefault(path, []).append(one)
            case SambaSetting():
                found.setdefault(SAMBA, []).append(one)
            case KernelValue():
                found.setdefault(SYSCTL, []).append(one)
            case ModeTaken() | Unit() | NftTable():
                pass
            case _:
                raise ValueError(f"not a change of a Linux machine: {one}")
    return found


def _file(number: str, path: str, edits: Sequence[Change]) -> str:
    mode = next((f" {one.mode:o}" for one in edits if isinstance(one, FileText)), "")
    text = f"begin_file {number} {_quoted(path)}{mode}\n"
    checks: dict[tuple[str, ...], None] = {}
    service = "samba" if path == SAMBA else ""
    head = [line for one in edits if isinstance(one, HeadLines) for line in one.lines]
    kernel = [f"{one.name} = {one.value}" for one in edits if isinstance(one, KernelValue)]
    if head:
        text += _here("edit_head", list(dict.fromkeys(head)))
    if kernel:
        text += _here("edit_whole", kernel)
    for one in edits:
        match one:
            case FileText():
                text += _here("edit_whole", one.text.removesuffix("\n").split("\n"))
                checks[one.check], service = None, one.service
            case HeadLines():
                checks[one.check], service = None, one.service
            case LinesInstead():
                text += _here(f"edit_lines {_quoted(one.old)}", one.new)
                service = one.service
            case SambaSetting():
                text += f"edit_samba {_quoted(one.section)} {_quoted(one.name)} {_quoted(one.value or '')}\n"
    checks |= {("testparm", "-s", "{}"): None} if path == SAMBA else {}
    text += "".join(f"check_file {' '.join(map(_quoted, check))}\n" for check in checks if check)
    return text + f"end_file {service}".rstrip() + "\n"


def _other(number: str, one: Change) -> str:
    match one:
        case ModeTaken():
            return f"take_mode {number} {_quoted(one.path)} {one.bits:o}\n"
        case KernelValue():
            return f"set_kernel {number} {_quoted(one.name)} {_quoted(one.value)}\n"
        case Unit():
            if not _UNIT.fullmatch(one.name):
                raise ValueError(f"no name of a service: {one.name!r}")
            return f"stop_unit {number} {_quoted(one.name)} {_quoted(one.program)}\n"
        case NftTable():
            return _here(f"add_table {number} {one.family} {_quoted(one.name)}", one.text.removesuffix("\n").split("\n"))
    raise ValueError(f"not a change of a Linux machine: {one}")


def _table(one: NftTable) -> list[str]:
    """Return the file that is loaded at every start: made, taken away and made again in one transaction, so that it may be loaded twice."""
    return [f"table {one.family} {one.name}", f"delete table {one.family} {one.name}", *one.text.removesuffix("\n").split("\n")]


def _verify(machine: Machine, changes: Sequence[Change]) -> str:
    lines = [
        f"{_line(machine.asset)}",
        "もう一度キットで見て取り込むと、約束した指摘がなくなったかが分かります。手で見るには:",
        "Look again with the kit and import it: then it shows whether the findings are gone. By hand:",
        "",
    ]
    return "\n".join([*lines, *dict.fromkeys(word for one in changes for word in _look(one)), ""])


def _look(one: Change) -> Iterator[str]:
    match one:
        case FileText() | LinesInstead():
            yield f"cat {shlex.quote(one.path)}"
        case HeadLines():
            names = "|".join(line.split()[0].lower() for line in one.lines)
            yield f"sudo sshd -T | grep -E '^({names}) '" if "sshd" in one.check else f"head {shlex.quote(one.path)}"
        case SambaSetting():
            section = "" if one.section == "global" else f" --section-name={shlex.quote(one.section)}"
            yield f"testparm -s{section} --parameter-name={shlex.quote(one.name)}"
        case ModeTaken():
            yield f"ls -ld {shlex.quote(one.path)}"
        case KernelValue():
            yield f"cat /proc/sys/{one.name.replace('.', '/')}"
        case Unit():
            yield f"systemctl status {shlex.quote(one.name)}; ss -lntup"
        case NftTable():
            yield f"sudo nft list table {one.family} {one.name}"
