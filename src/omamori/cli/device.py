"""What `omamori collect --device` needs of a person."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.screen import Screen
from omamori.collect.devices import DeviceSystem, device_systems
from omamori.gate.ssh import SshOptions
from omamori.pipeline.gather import collect_network_devices
from omamori.pipeline.outcome import Outcome

Hosts = Annotated[
    list[str] | None,
    typer.Option(
        "--device", help=help_text("ネットワーク機器: 利用者@機器[:ポート]。複数可", "network device: user@host[:port]; may repeat")
    ),
]
System = Annotated[
    str | None,
    typer.Option(
        "--system",
        help=help_text(
            "--device の機種: " + "、".join(device_systems()) + "。設定を表示するだけのコマンドを送る",
            "what the --device is: " + ", ".join(device_systems()) + "; it is sent commands that only show",
        ),
    ),
]
Administrator = Annotated[
    bool,
    typer.Option(
        "--ask-administrator",
        help=help_text(
            "機器の管理者パスワード(enable、administrator)を尋ねる", "ask for the device's administrator password (enable, administrator)"
        ),
    ),
]


def system_named(name: str | None) -> DeviceSystem:
    """Return the system somebody named; a clear error where there is none of that name."""
    known = device_systems()
    if name is None or name not in known:
        raise typer.BadParameter(f"--system {' | '.join(known)}")
    return known[name]


def ask(site: Path, targets: list[str], system: DeviceSystem, screen: Screen, options: SshOptions, *, administrator: bool) -> list[Outcome]:
    """Ask the devices, after the password by which they show their configuration where somebody wants to give one."""
    secret = getpass.getpass("administrator: ") if administrator else None
    with screen:
        return collect_network_devices(site, targets, system, screen, options, secret)
