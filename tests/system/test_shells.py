"""The collection script says the same whichever shell a machine has."""

from __future__ import annotations

import subprocess

import pytest

from omamori.parse.kit_result import read_kit_result

pytestmark = pytest.mark.system


def test_every_shell_gives_the_same_kinds(script) -> None:  # type: ignore[no-untyped-def]
    seen = {}
    for shell in (("dash",), ("bash", "--posix"), ("bash",), ("busybox", "sh")):
        done = subprocess.run([*shell, str(script), "-"], capture_output=True, timeout=300)
        result = read_kit_result(done.stdout)
        assert not result.problems, (shell, result.problems)
        seen[" ".join(shell)] = {(item.kind, item.complete, item.exit_code) for item in result.items}
    assert len(seen["dash"]) > 5
    assert all(kinds == seen["dash"] for kinds in seen.values()), {name: kinds ^ seen["dash"] for name, kinds in seen.items()}
