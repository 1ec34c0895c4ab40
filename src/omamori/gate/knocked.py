"""What is known of one address while it is asked, and what is told of it in the end."""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from omamori.model.permission import IpAddress

State = Literal["open", "closed", "filtered"]
Ended = Literal["done", "stopped", "minutes", "until"]
"""Why a look ended: everything was asked, somebody stopped it, the minutes or the approval are over."""


@dataclass(frozen=True, slots=True)
class Knocked:
    """What one address answered. `answer`: syn-ack, reset, arp-response, no-response, absent (no ARP answer) or no-route.

    `whole` False: the run ended before every port was asked; `asked` then tells port → attempts made.
    """

    address: IpAddress
    seen: datetime
    answer: str
    mac: str
    states: Mapping[int, State]
    most_attempts: int
    whole: bool = True
    asked: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Machine:
    """One address that is being looked at."""

    address: IpAddress
    waiting: deque[int]
    asked: dict[int, int]
    states: dict[int, State]
    began: float
    flying: int = 0
    begun: bool = False
    answer: str = ""
    seen: datetime | None = None
    first: bool = True
    arp_until: float = 0.0
    not_before: float = 0.0


@dataclass(slots=True)
class Attempt:
    """One connection that waits for its answer: at most until `until`, and the system repeats its first packet at `repeats`."""

    machine: Machine
    port: int
    connection: socket.socket
    until: float
    repeats: float
    over: bool = False
