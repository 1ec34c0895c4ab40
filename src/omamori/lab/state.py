"""What a lab that stands consists of, kept in its own folder so that `down` and `status` find it, however `up` ended."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from omamori.gate.daemon import Running
from omamori.lab.description import SHAPES, Shape
from omamori.lab.fields import LabError
from omamori.snapshot.files import write_whole

LABS = Path("/run/omamori-lab")
"""Where the folders of the labs lie: gone with the next start of the machine, as namespaces are."""
_NAME = re.compile(r"[a-z][a-z0-9]{0,9}\Z")
_STATE = "state.json"


@dataclass(frozen=True, slots=True)
class Served:
    """One program that runs for a service of a host. `ready`: what shows that it has come up, as protocol and port."""

    host: str
    service: str
    running: Running
    ready: tuple[str, int] | None
    log: str


@dataclass(frozen=True, slots=True)
class State:
    """A lab: its folder, the namespace of every host, who keeps each host (`holders`), and what serves."""

    name: str
    shape: Shape
    folder: Path
    namespaces: dict[str, str]
    holders: dict[str, Running] = field(default_factory=dict)
    served: tuple[Served, ...] = ()
    finished: bool = False

    def namespace_files(self) -> tuple[Path, ...]:
        """The files by which the namespaces are entered."""
        return tuple(Path("/run/netns") / name for name in self.namespaces.values())

    def host_folder(self, host: str) -> Path:
        """The folder of a host: its configuration, data and logs."""
        return self.folder / "hosts" / host


def folder_of(name: str, labs: Path = LABS) -> Path:
    """Return the folder of a lab; LabError when the name cannot be one."""
    if not _NAME.match(name):
        raise LabError(
            f"ラボの名前「{name}」は使えません。英小文字で始まる英数字10字までにしてください",
            f"{name!r} cannot be a lab's name: a small letter, then letters and digits, ten at most",
        )
    return labs / name


def names(labs: Path = LABS) -> list[str]:
    """Return the labs that stand, or stood and were not taken down."""
    return sorted(folder.name for folder in labs.iterdir() if _NAME.match(folder.name)) if labs.is_dir() else []


def save(state: State) -> None:
    """Write the state whole or not at all."""
    write_whole(state.folder / _STATE, json.dumps(asdict(state) | {"folder": str(state.folder)}, indent=1).encode())


def load(name: str, labs: Path = LABS) -> State:
    """Read the state of a lab. LabError when there is none, or when it says nothing that can be used."""
    folder = folder_of(name, labs)
    if not folder.is_dir():
        raise LabError(
            f"ラボ「{name}」はありません。omamori lab up --name {name} で作れます",
            f"there is no lab {name}: make it with omamori lab up --name {name}",
        )
    try:
        return _state(folder, json.loads((folder / _STATE).read_text("utf-8")))
    except FileNotFoundError:
        # It was killed before anything else was made.
        return State(name, SHAPES[0], folder, {})
    except (ValueError, KeyError, TypeError) as error:
        raise LabError(
            f"{folder / _STATE}: 読めません({error})。このファイルに手を加えたときは元に戻してください",
            f"{folder / _STATE}: cannot be read ({error}); if it was changed by hand, put it back",
        ) from error


def _state(folder: Path, raw: dict[str, Any]) -> State:
    return State(
        name=raw["name"],
        shape=raw["shape"],
        folder=folder,
        namespaces=raw["namespaces"],
        holders={host: Running(**one) for host, one in raw["holders"].items()},
        served=tuple(
            Served(one["host"], one["service"], Running(**one["running"]), tuple(one["ready"]) if one["ready"] else None, one["log"])
            for one in raw["served"]
        ),
        finished=raw["finished"],
    )
