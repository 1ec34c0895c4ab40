"""Windows: rules of its own firewall that block, for the machine itself. Block beats allow there, so what is never blocked is left out of them.

Written from Microsoft Learn ("netsh advfirewall firewall add rule", "Windows Firewall rules: precedence", "Register-ScheduledTask"); not
tried on a real Windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.analyze.reach.ranges import Ranges
from omamori.model.text import Text
from omamori.respond.isolate.boxes import Box, boxes
from omamori.respond.isolate.names import mark
from omamori.respond.isolate.parts import Crossing, Cut, NeverBlocked, Written
from omamori.respond.isolate.write.common import port_words, services, spans, unwritable

_PROTOCOLS = {"tcp": "TCP", "udp": "UDP", "icmp": "icmpv4", "ipip": "4", "gre": "47", "esp": "50", "ah": "51"}
_LONGEST = 7000
"""cmd takes lines of 8191 letters."""


def write(cut: Cut, never: Sequence[NeverBlocked], own: Ranges, seconds: int) -> Written:
    """Return the commands for a console of the administrator. `own` are the machine's addresses; none: nothing can be written."""
    name = f"omamori-block-{mark(cut)}"
    if not own:
        why = Text(
            "この機器のIPアドレスが分からないため、文を書けません。LANケーブルを抜いてください",
            "the addresses of this machine are not known: pull its LAN cable",
        )
        return unwritable(cut, why)
    found = boxes(Crossing(own, None), never, answers=False)
    lines = [line for box in found for line in _rules(name, box, own)]
    if any(len(line) > _LONGEST for line in lines):
        return unwritable(cut, Text("止めない通信が多く、一行に収まりません", "what is never blocked is too much for a line"))
    task = (
        f"powershell -NoProfile -Command \"Register-ScheduledTask -TaskName '{name}' -User SYSTEM -Force "
        f"-Trigger (New-ScheduledTaskTrigger -Once -At (Get-Date).AddSeconds({seconds})) "
        f"-Action (New-ScheduledTaskAction -Execute netsh.exe -Argument 'advfirewall firewall delete rule name={name}')\""
    )
    undo = f"netsh advfirewall firewall delete rule name={name}"
    return Written(
        cut,
        _file(lines),
        _file([undo]),
        timed=_file([task, "if errorlevel 1 exit /b 1", *lines]),
        confirm=_file([f"schtasks /delete /tn {name} /f"]),
        tried=False,
    )


def _file(lines: Sequence[str]) -> str:
    return "\r\n".join(("@echo off", *lines, ""))


def _rules(name: str, box: Box, own: Ranges) -> Iterator[str]:
    inward = box.destinations == own
    remote = ",".join(low if low == high else f"{low}-{high}" for low, high in spans(box.sources if inward else box.destinations)) or "any"
    for protocol, ports, _ in services(box):
        told = f" protocol={_PROTOCOLS[protocol]}" if protocol else ""
        if protocol in ("tcp", "udp") and port_words(ports):
            told += f" {'localport' if inward else 'remoteport'}={','.join(port_words(ports))}"
        yield f"netsh advfirewall firewall add rule name={name} dir={'in' if inward else 'out'} action=block remoteip={remote}{told}"
