"""Asks the network devices the user named for their configuration, over SSH, with commands that only show."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from omamori.collect.ssh import Failure
from omamori.gate.ssh import SshOptions
from omamori.gate.ssh_session import Talk, talk_over_ssh
from omamori.gate.ssh_words import SshFailure
from omamori.model.text import Text

SHOWS = re.compile(r"(?:show|get) [a-z][a-z -]{1,60}")
"""What every command for the answer has to look like: a test holds the list to it."""


@dataclass(frozen=True, slots=True)
class DeviceSystem:
    """What devices of one system are asked: `before` prepares the session, `show` gives the answer."""

    name: str
    before: tuple[str, ...]
    show: tuple[str, ...]


def device_systems() -> Mapping[str, DeviceSystem]:
    """Return the systems that can be asked, by the name `--system` takes."""
    said = tomllib.loads(files("omamori.parse.device").joinpath("commands.toml").read_text(encoding="utf-8"))
    return {key: DeviceSystem(one["name"], tuple(one["before"]), tuple(one["show"])) for key, one in said.items()}


def collect_devices(
    targets: Sequence[str], system: DeviceSystem, options: SshOptions, secret: Callable[[], str] | None
) -> Iterator[tuple[str, bytes | Failure]]:
    """Yield (target, what the device showed or why not), one device after the other; one that fails costs only itself.

    In: targets as `[user@]host[:port]`, only these are contacted; `secret` gives the password for showing the configuration.
    """
    for target in dict.fromkeys(targets):
        try:
            done = talk_over_ssh(target, Talk((*system.before, *system.show), secret), options)
        except SshFailure as failure:
            yield target, Failure(failure.text)
            continue
        if done.timed_out or not done.stdout.strip():
            yield target, Failure(_silent(target))
        else:
            yield target, done.stdout.replace(b"\r\n", b"\n")


def _silent(target: str) -> Text:
    return Text(
        f"{target}: 時間内に応答が終わりませんでした。--system が機器に合っているか確認するか、設定をファイルに保存して omamori import で取り込んでください",
        f"{target}: the answer did not end in time. Look whether --system fits the device, or save its configuration to a file and import it",
    )
