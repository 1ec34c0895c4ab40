"""Whether a block is on by what was recorded: whoever judges the network meanwhile has to know that less can be reached than usual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from omamori.model.block import BlockAction
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.pipeline.clock import local_zone

_ENDS = ("undo", "timer", "gone")


def standing(actions: Iterable[BlockAction], now: datetime) -> tuple[Text, ...]:
    """Return a line for every cut that is on, or may be, by the steps recorded. In: `now` in UTC without zone."""
    return tuple(line for _, steps in _by_cut(actions) for line in _line(steps, now))


def left_on(actions: Iterable[BlockAction]) -> tuple[BlockAction, ...]:
    """Return the step that put on, or may have, each cut that was not taken off by the steps recorded, whatever its clock did since."""
    return tuple(on for _, steps in _by_cut(actions) if (on := _on(steps)[0]) is not None)


def _by_cut(actions: Iterable[BlockAction]) -> list[tuple[tuple[str, str], list[BlockAction]]]:
    cuts: dict[tuple[str, str], list[BlockAction]] = {}
    for one in sorted(actions, key=lambda one: one.began or datetime.min):
        if one.cut:
            cuts.setdefault((one.device, one.cut), []).append(one)
    return sorted(cuts.items())


def _on(steps: list[BlockAction]) -> tuple[BlockAction | None, bool]:
    on: BlockAction | None = None
    confirmed = False
    for one in steps:
        if one.step == "apply" and one.result in ("done", "unknown"):
            on, confirmed = one, False
        elif one.step == "confirm" and one.result == "done":
            on, confirmed = on or one, True
        elif one.step in _ENDS and one.result == "done":
            on = None
    return on, confirmed


def _line(steps: list[BlockAction], now: datetime) -> Iterator[Text]:
    on, confirmed = _on(steps)
    if on is None:
        return
    name, since = clean(f"{on.cut} ({on.device})", 200), _clock(on.began)
    ja, en = f"遮断(段階 {on.stage or '?'})「{name}」は {since} から", f"the block of stage {on.stage or '?'}, {name}, "
    if on.result == "unknown" and not confirmed:
        yield Text(f"遮断「{name}」が効いているか分かりません({since})。omamori isolate status で確かめてください",
                   f"{en}ordered at {since}: whether it is on is not known; see omamori isolate status")  # fmt: skip
    elif confirmed or on.reverts is None:
        yield Text(f"{ja}効いています(戻すまで続きます)。届かないのはそのためかもしれません",
                   f"{en}is on since {since} and stays until it is undone: that may be why something is not reached")  # fmt: skip
    elif on.reverts > now:
        yield Text(f"{ja}効いています({_clock(on.reverts)} に自動で戻ります)。届かないのはそのためかもしれません",
                   f"{en}is on since {since}, undone by itself at {_clock(on.reverts)}: that may be why something is not reached")  # fmt: skip
    else:
        yield Text(f"{ja}効いていて、{_clock(on.reverts)} に自動で戻ったはずです。omamori isolate status で確かめてください",
                   f"{en}was put on at {since} and should have been undone by itself at {_clock(on.reverts)}; see omamori isolate status")  # fmt: skip


def _clock(moment: datetime | None) -> str:
    return f"{moment.replace(tzinfo=UTC).astimezone(local_zone()):%Y-%m-%d %H:%M}" if moment else "?"
