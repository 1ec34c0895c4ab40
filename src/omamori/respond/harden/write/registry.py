"""The writers by system: each gives all files of a machine's plan. A new one is a module beside this one and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from omamori.respond.harden.parts import File, Machine, Measure, System
from omamori.respond.harden.write import windows

Writer = Callable[[Machine, Sequence[Measure]], tuple[File, ...]]

WRITERS: Mapping[System, Writer] = MappingProxyType({"windows": windows.write})
