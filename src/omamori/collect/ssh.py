"""Looks at the machines the user named, over SSH."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from omamori import __version__
from omamori.collect.linux.script import collection_script
from omamori.gate.process import Completed
from omamori.gate.ssh import SshOptions, run_scripts_over_ssh
from omamori.gate.ssh_words import SshFailure, no_result, refused_sudo
from omamori.model.text import Text

__all__ = ["Failure", "SshOptions", "collect_over_ssh"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a host could not be looked at, and what to do."""

    text: Text


def collect_over_ssh(targets: Sequence[str], options: SshOptions) -> Iterator[tuple[str, bytes | Failure]]:
    """Yield (target, kit result or failure) as each host ends; a host that fails costs only itself.

    In: targets as `[user@]host[:port]`. Only these hosts are contacted. A host cut off in the middle gives what came.
    """
    script = collection_script(__version__, date.today().isoformat())
    for target, result in run_scripts_over_ssh(targets, script, options):
        if isinstance(result, SshFailure):
            yield target, Failure(result.text)
        elif b"OMAMORI-KIT-RESULT" in result.stdout[:4096]:
            # A login script may greet first: the result begins at its own first line.
            yield target, result.stdout[result.stdout.index(b"OMAMORI-KIT-RESULT") :]
        else:
            yield target, Failure(_why(target, result, options).text)


def _why(target: str, result: Completed, options: SshOptions) -> SshFailure:
    said = "".join(letter for letter in result.stderr.decode("utf-8", "replace") if letter.isprintable())[:120]
    if options.sudo and "sudo" in said:
        return refused_sudo(target)
    return no_result(target, said)
