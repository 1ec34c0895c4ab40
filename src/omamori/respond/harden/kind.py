"""What a kind of measure is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from omamori.model.text import Text
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.parts import Left, Machine, Measure, System


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of measure.

    `name` is typed at the command line; `system` says whom it is for. `propose` yields what to do on one machine: nothing where nothing is
    to be done, `Left` where the evidence does not suffice. Whose machine it is does not concern it: the plan turns what is proposed for
    a medical device or a vendor's machine into a question.
    """

    name: str
    title: Text
    system: System
    propose: Callable[[Facts, Machine], Iterator[Measure | Left]]
