"""Linux: what is done and taken back on a machine as two POSIX shell scripts, `apply.sh` and `undo.sh`, and how to see that it holds.

The scripts are one text with another beginning: functions, which change nothing by themselves (`linux_*.sh`), and the steps of the machine.
What was there is saved on the machine before anything is changed.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.respond.harden.changes import Change, FileText, HeadLines, KernelValue, LinesInstead, ModeTaken, NftTable, SambaSetting, Unit
from omamori.respond.harden.parts import File, Machine, Measure
from omamori.respond.harden.write.folder import folder_of

SAMBA = "/etc/samba/smb.conf"
SYSCTL = "/etc/sysctl.d/99-omamori-harden.conf"
_END = "OMAMORI_END"
_UNIT = re.compile(r"(?!-)[\w.@:\\-]{1,255}")
"""A name of a service; it also becomes a file below /etc/init.d and a word of systemctl."""
_LIBRARY = ("linux_items.sh", "linux_tables.sh", "linux_look.sh", "linux_services.sh", "linux_run.sh")


def write(machine: Machine, measures: Sequence[Measure]) -> tuple[File, ...]:
    """Return `apply.sh`, `undo.sh` and `verify.txt` for a machine, below a folder of its name.

    ValueError for a change that is not of a Linux machine, or whose words cannot stand in a script.
    """
    numbered = [(str(number), measure) for number, measure in enumerate((one for one in measures if one.changes), 1)]
    wanted: dict[Change, list[str]] = {}
    for number, measure in numbered:
        for change in measure.changes:
            wanted.setdefault(change, []).append(number)
    changes = {change: f"c{place} {' '.join(numbers)}" for place, (change, numbers) in enumerate(wanted.items(), 1)}
    steps, keep, again = _steps(changes), _keep(changes), _again(changes)
    plan = hashlib.sha256(f"{machine.asset}\n{steps}\n{keep}\n{again}".encode()).hexdigest()[:12]
    titles = (
        "".join(f"say {_quoted(f'{n} {clean(_line(one.what.ja))}')} {_quoted(f'{n} {clean(_line(one.what.en))}')}\n" for n, one in numbered)
        or ":\n"
    )
    parts = {"titles": titles, "look_again": again, "steps": steps, "keep": keep}
    body = "".join(f"\n{name}() {{\n{text}}}\n" for name, text in parts.items()) + '\nmain "$@"\n'
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
    numbers = [str(place) for place in range(1, sum(bool(one.changes) for one in measures) + 1)]
    left = iter(numbers)
    for measure in measures:
        for ja, en in ((measure.what.ja, measure.what.en), (measure.stops.ja, measure.stops.en)):
            told += [f"#  - {_line(ja)}", f"#    {_line(en)}"]
        if measure.changes:
            told[-4] = f"#  {next(left)} {_line(measure.what.ja)}"
    use = {
        "apply": "# sh apply.sh | sh apply.sh trial 10 (分/minutes) | sh apply.sh confirm | sh apply.sh list | sh apply.sh without 3 | sh apply.sh only 2 5",
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
        f"NUMBERS={_quoted(' '.join(numbers))}",
        f"SAMBA={SAMBA}",
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


def _if(tags: Sequence[str], text: str) -> str:
    """Return steps that are made where one of the changes is to be made."""
    asked = " || ".join(f"chosen {tag}" for tag in tags)
    return f"if {asked}; then\n{text}fi\n"


def _steps(changes: Mapping[Change, str]) -> str:
    """Return the steps in order: files (each once, whatever many measures want of it), rights, kernel, services, tables last."""
    parts: list[str] = []
    for number, (path, edits) in enumerate(_by_file(changes).items(), 1):
        parts.append(_if([changes[one] for one in edits], _file(f"{number:03}", path, edits, changes)))
    later = [one for one in changes if isinstance(one, ModeTaken | KernelValue | Unit | NftTable)]
    later.sort(key=lambda one: (ModeTaken, KernelValue, Unit, NftTable).index(type(one)))
    parts += [_if([changes[one]], _other(f"{number:03}", one)) for number, one in enumerate(later, len(parts) + 1)]
    return "".join(parts) or ":\n"


def _keep(changes: Mapping[Change, str]) -> str:
    tables = [one for one in changes if isinstance(one, NftTable)]
    text = "".join(
        _if([changes[one]], _here(f"keep_table 9{number:02} {_quoted(one.name)}", _table(one))) for number, one in enumerate(tables)
    )
    return text or ":\n"


def _again(changes: Mapping[Change, str]) -> str:
    """Return the look before anything is changed: what stands there has to be what was seen, else it may have been made stricter since."""
    return "".join(_if([tag], "".join(_still(one, tag.split()[0]))) for one, tag in changes.items() if any(_still(one, ""))) or ":\n"


def _still(one: Change, change: str) -> Iterator[str]:
    match one:
        case HeadLines():
            for name, value in one.was:
                yield f"still_ssh {change} {_quoted(one.path)} {_quoted(name)} {_quoted(value)}\n"
        case SambaSetting() if one.weaker:
            weaker = " ".join(_quoted(value.lower()) for value in one.weaker)
            yield f"still_samba {change} {_quoted(one.section)} {_quoted(one.name)} {weaker}\n"
        case KernelValue() if one.was is not None:
            yield f"still_kernel {change} {_quoted(one.name)} {_quoted(one.was)} {_quoted(one.value)}\n"
        case LinesInstead():
            yield f"still_line {change} {_quoted(one.path)} {_quoted(one.old)}\n"
        case FileText() if not one.more:
            yield _here(f"still_file {change} {_quoted(one.path)}", one.text.removesuffix("\n").split("\n"))
        case ModeTaken():
            yield f"still_path {change} {_quoted(one.path)}\n"
        case Unit():
            yield f"still_unit {change} {_quoted(one.name)}\n"


def _by_file(changes: Iterable[Change]) -> dict[str, list[Change]]:
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


def _file(number: str, path: str, edits: Sequence[Change], changes: Mapping[Change, str]) -> str:
    mode = next((f" {one.mode:o}" for one in edits if isinstance(one, FileText)), "")
    text = f"begin_file {number} {_quoted(path)}{mode}\n"
    checks: dict[tuple[str, ...], None] = {}
    service = "samba" if path == SAMBA else ""
    # The first lines of the plan stand first in the file: they are put there last.
    heads = [one for one in edits if isinstance(one, HeadLines)]
    for one in (*reversed(heads), *(one for one in edits if one not in heads)):
        match one:
            case FileText():
                lines = one.text.removesuffix("\n").split("\n")
                edit = _here("edit_more" if one.more else "edit_whole", lines)
                checks[one.check], service = None, one.service
            case HeadLines():
                edit = _here("edit_head", one.lines)
                checks[one.check], service = None, one.service
            case LinesInstead():
                edit = _here(f"edit_lines {_quoted(one.old)}", one.new)
                service = one.service
            case SambaSetting():
                edit = f"edit_samba {_quoted(one.section)} {_quoted(one.name)} {_quoted(one.value or '')}\n"
            case KernelValue():
                edit = f"edit_kernel {_quoted(one.name)} {_quoted(one.value)}\n"
            case _:
                continue
        text += _if([changes[one]], edit)
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


def _verify(machine: Machine, changes: Iterable[Change]) -> str:
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
