"""The values of a plan as a .reg file: for reading, and for regedit where no script may run. Its undo lies on no machine: see decision 0060.

regedit puts values there without a look at what stands there. What could let somebody in by that is not in the file, and what could be
less strict than what stands there is marked.

Source of the form: Microsoft Learn, "How to add, modify, or delete registry subkeys and values by using a .reg file".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from omamori.model.clean import clean
from omamori.model.text import Language, Text
from omamori.respond.harden.changes import ServiceStart
from omamori.respond.harden.write.windows_values import TYPES, Step, Steps, Value, full, may_loosen, must_compare, start_of, value_of, wide

HEAD = "Windows Registry Editor Version 5.00"
_COLUMNS = 78
_READ_FIRST = Text(
    "このファイルは、今の値を見ずに書き込みます。[*] の値は、もっと厳しくしてある機器では緩めることになるので、先に見比べてください。",
    "This file writes without a look at what is there. Where a value marked [*] is stricter by now it would be loosened: compare first.",
)
_MARK = "; [*]"
_BY_SCRIPT = Text(
    "(ここにはありません。今の設定と見比べる必要があるため、apply.cmd か手で行います)",
    "(not here: it has to be held against what stands there, so apply.cmd does it, or you by hand)",
)


def reg_file(steps: Steps, language: Language) -> bytes:
    """Return the file (UTF-16), each measure told in a comment. Services are in it, templates and audit settings are not."""
    lines = [HEAD, "", f"; {_READ_FIRST.say(language)}", ""]
    for place, measure in enumerate(steps.measures):
        own = [step for step in steps.steps if step.measure == place]
        values = list(_values([step for step in own if not must_compare(steps, step)]))
        if values:
            lines += [f"; {clean(measure.what.say(language))}", *blocks(values)]
        if any(must_compare(steps, step) for step in own):
            lines += [f"; {clean(measure.what.say(language))}", f"; {_BY_SCRIPT.say(language)}", ""]
    return _encoded(lines)


def one_value(value: Value) -> bytes:
    """Return a file that puts one value there."""
    return _encoded([HEAD, "", *blocks([value])])


def blocks(values: Iterable[Value]) -> Iterator[str]:
    """Yield the lines of values: a key, its values, an empty line."""
    key = ""
    for value in values:
        if value.key != key:
            if key:
                yield ""
            key = value.key
            yield f"[{full(key)}]"
        if may_loosen(value):
            yield _MARK
        yield from written(value)
    yield ""


def written(value: Value) -> Iterator[str]:
    """Yield the lines of one value; bytes are broken as `reg export` breaks them."""
    head = f'"{_escaped(value.name)}"='
    data = value.data
    if data is None:
        yield f"{head}-"
    elif isinstance(data, int):
        yield f"{head}dword:{data:08x}"
    elif isinstance(data, str) and value.kind == "sz":
        yield f'{head}"{_escaped(data)}"'
    else:
        kind = "hex:" if value.kind == "binary" else f"hex({TYPES[value.kind]:x}):"
        line = head + kind
        pairs = [f"{byte:02x}" for byte in wide(data)]
        for place, pair in enumerate(pairs):
            piece = pair + ("," if place + 1 < len(pairs) else "")
            if len(line) + len(piece) > _COLUMNS:
                yield f"{line}\\"
                line = "  "
            line += piece
        yield line


def _values(steps: Sequence[Step]) -> Iterator[Value]:
    for step in steps:
        value = start_of(step.change) if isinstance(step.change, ServiceStart) else value_of(step.change)
        if value is not None:
            yield value


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _encoded(lines: Sequence[str]) -> bytes:
    return b"\xff\xfe" + ("\r\n".join(lines) + "\r\n").encode("utf-16-le")
