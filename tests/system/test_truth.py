"""Truth by packets: what is predicted of reachability from what devices told of themselves, held against real TCP and UDP attempts.

Both lab hospitals, and 20 small networks whose routers carry random rule sets (`tools/truth`, decision 0038). Every attempt has to come out as
predicted; what is only `one-way` may not come back, and of UDP has to arrive. `OMAMORI_TRUTH_SEED` draws other rule sets.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import pytest

from omamori.lab.description import Shape
from omamori.lab.reader import built_in
from truth.islands import archipelago, random_rules
from truth.lab import stand, with_places
from truth.measure import Measured, measure, measure_islands
from truth.ports import TCP, UDP

pytestmark = pytest.mark.system
FIRST_SEED = int(os.environ.get("OMAMORI_TRUTH_SEED", "1"))
SEEDS = range(FIRST_SEED, FIRST_SEED + 20)


def new_name() -> str:
    return f"r{secrets.token_hex(3)}"


def told(capfd: pytest.CaptureFixture[str], what: str, found: Measured) -> None:
    """Shown also when all is well: how much was compared is half of the result."""
    with capfd.disabled():
        sys.stderr.write(f"\ntruth by packets, {what}: {found.told()}\n")


def test_there_are_40_ports_of_each_protocol() -> None:
    assert (len(set(TCP)), len(set(UDP))) == (40, 40)


@pytest.mark.parametrize(("shape", "pairs"), [("sick", 1000), ("healthy", 400)])
def test_in_a_lab_hospital_packets_do_what_was_predicted(
    shape: Shape, pairs: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    hospital = with_places(built_in(shape))
    with stand(hospital, new_name()) as state:
        found = measure(hospital, state, tmp_path)
    told(capfd, f"{shape} lab", found)
    assert not found.wrong, "\n".join(found.wrong[:40])
    assert found.packets.pairs > pairs
    assert found.services.open > 50
    assert found.packets.predicted["open"] > pairs
    assert found.packets.predicted["unknown"] == 0


def test_with_random_rules_packets_do_what_was_predicted(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    hospital = archipelago(SEEDS)
    rules = random_rules(hospital, SEEDS)
    with stand(hospital, new_name()) as state:
        found = measure_islands(hospital, state, rules, tmp_path)
    told(capfd, f"{len(SEEDS)} random rule sets on {len(rules)} routers, from seed {FIRST_SEED}", found)
    assert not found.wrong, "\n".join(found.wrong[:40])
    assert min(found.packets.predicted[reach] for reach in ("open", "none", "one-way")) > 1000
    assert found.packets.predicted["unknown"] == 0
    # In half of the networks at least, some of what is asked is let through and some is not.
    mixed = {island for island in range(len(SEEDS)) if len(found.outcomes[str(island)]) > 1}
    assert len(mixed) > len(SEEDS) / 2
