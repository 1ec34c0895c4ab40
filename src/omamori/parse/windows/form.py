"""What a form is: how one Windows command's output is recognised and read.

A form is one module in `forms/` with a `FORMS` tuple. It is found by walking the folder: nothing else has
to be edited. It turns lines into rows of the model and never touches the world; every line may come from a
compromised machine, be cut off anywhere, or be in a language nobody foresaw.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.lines import Line as Line

COMPLAINT = re.compile(r"denied|error|fail|not recognized|拒否|エラー|失敗|認識されて|見つかりません", re.IGNORECASE)
"""What a sentence that tells of an error says: where any sentence ends a list, whatever the language, such a one does not."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One command's output as it stands in an evidence.

    `form` names the form. `command` is what was typed, where a prompt showed it. `cut` is True when the text
    ends in the middle of a line, or bytes of it could not be read: then nothing in it is the whole list.
    """

    form: str
    lines: Sequence[Line]
    command: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One form of output.

    `heading` matches the line that begins it, wherever that stands; `body` matches a first line that begins it
    only where another output cannot go on (start of a file, behind a prompt or an empty line), for other
    languages. `confirm` may look at the lines from there on. `tables` is empty for an output that only
    tells how the others were obtained. `properties` is for lists of objects (PowerShell,
    wmic, CSV, JSON): the form reads every list that has one of these sets of properties; heading and body are
    not needed then. `each` True: every heading begins a new piece (`net user NAME` per account). `until` matches the
    line that ends it: before that line (or a prompt) no other form's heading begins a piece. `again` matches the headings
    that one output may have more than once (an adapter, a service); any other heading that comes again begins the next output.
    `judges_filters` True: `read` knows which filters behind the command (`| Where-Object …`) leave nothing out; else
    what was typed with one is never a whole list.
    `read` returns rows (their `evidence` the line number) and a look for every table it speaks about.
    `join` reads all outputs of a visit together whose forms name the same function, for what one output alone cannot
    decide (a registry key and the policy over it): it judges itself what is whole, piece by piece. `read` is for one alone.
    `blank_end` True: an empty line ends this output and belongs to it; where there is one, it is the piece's last line.
    `redact` takes out of one line what only this form knows to be secret, before anything is stored; `redact_all` does so
    for the lines of an output together, as one text, where a line alone does not tell. It keeps the number of lines.
    `read_alone` looks at a whole text (lines ended by line feeds) and returns True where nothing in it but its first line
    can begin an output of any form: then it is one piece and nobody looks at its lines. `wraps` False: no window broke its lines.
    `captured` names the languages of real captures this was tried on; `source` the page it was written from.
    """

    name: str
    command: str
    tables: tuple[str, ...]
    read: Callable[[Piece, Context], Parsed]
    heading: re.Pattern[str] | None = None
    body: re.Pattern[str] | None = None
    confirm: Callable[[Sequence[str]], bool] | None = None
    properties: tuple[frozenset[str], ...] = ()
    each: bool = False
    until: re.Pattern[str] | None = None
    again: re.Pattern[str] | None = None
    judges_filters: bool = False
    join: Callable[[Sequence[Piece], Context], Parsed] | None = None
    blank_end: bool = False
    redact: Callable[[str], str] | None = None
    redact_all: Callable[[str], str] | None = None
    read_alone: Callable[[str], bool] | None = None
    wraps: bool = True
    captured: tuple[str, ...] = ()
    source: str = ""


@cache
def forms() -> Mapping[str, Form]:
    """Return every form by name; ValueError when two have one name."""
    import omamori.parse.windows.forms as folder

    found: dict[str, Form] = {}
    for module in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
        for form in getattr(importlib.import_module(module.name), "FORMS", ()):
            if form.name in found:
                raise ValueError(f"two forms {form.name}: {module.name} and another")
            found[form.name] = form
    return MappingProxyType(dict(sorted(found.items())))
