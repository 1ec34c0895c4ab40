"""Rows of a small table of updates."""

from __future__ import annotations

from datetime import date
from typing import Any

from omamori.model.facts import WindowsFix, WindowsReplaced

TEN = "Windows 10 Version 22H2 for x64-based Systems"


def month(
    number: str,
    day: str,
    product: str = TEN,
    *,
    flaws: int = 5,
    replaces: str = "",
    build: str | None = None,
    tag: str = "",
    component: str = "",
    kind: str | None = None,
) -> list[Any]:
    """Rows of one update: `flaws` flaws named after its day and `tag`, and what it replaces."""
    fixes = [
        WindowsFix(
            flaw=f"CVE-{day[:4]}-{day[5:7]}{day[8:]}{tag}{at}",
            feed="microsoft",
            update=number,
            product=product,
            component=component,
            posted=date.fromisoformat(day),
            build=build,
            kind=kind,
            place=f"line {number}{at}",
        )
        for at in range(flaws)
    ]
    chain = [
        WindowsReplaced(update=number, replaces=one, feed="microsoft", product=product, place=f"line {number}") for one in replaces.split()
    ]
    return [*fixes, *chain]


def winter(*, builds: bool = False) -> list[Any]:
    """Four months of Windows 10, with a hole in the chain between November and December."""
    told = ["10.0.19045.3570", "10.0.19045.3693", "10.0.19045.3803", "10.0.19045.3930"] if builds else [None] * 4
    return [
        *month("5031356", "2023-10-10", build=told[0]),
        *month("5032189", "2023-11-14", replaces="5031356", build=told[1]),
        *month("5033372", "2023-12-12", replaces="5032278", build=told[2]),
        *month("5034122", "2024-01-09", replaces="5033372", build=told[3]),
    ]
