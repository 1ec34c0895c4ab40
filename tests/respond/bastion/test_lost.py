"""Flows that end: those of logs, of machines and of the design; what does not come in by a side, or goes on, is none of them."""

from __future__ import annotations

from typing import Any

from tests.respond.bastion.small import EHR, JUMP, LINE, VENDOR, filled, rows

from omamori.model.tables import TABLES
from omamori.respond.bastion.parts import Lost
from omamori.respond.bastion.plan import make_plan

Flow = TABLES["flows"].row
Designed = TABLES["designed_flows"].row


def lost(*more: Any) -> dict[tuple[str, str, int], Lost]:
    with filled([*rows(), *more]) as database:
        return {(one.source, one.address, one.port): one for one in make_plan(database).lost if one.entry == LINE}


def flow(source: str, target: str, port: int, **more: Any) -> Any:
    return Flow(
        asset="fw", protocol="tcp", source_address=source, destination_address=target, destination_port=port, evidence="log:3", **more
    )


def test_a_flow_of_a_log_ends_and_a_refused_one_never_was() -> None:
    found = lost(flow("10.77.0.8", EHR, 8080), flow("10.77.0.9", EHR, 8081, action="deny"))
    assert found["10.77.0.8", EHR, 8080].seen and found["10.77.0.8", EHR, 8080].asset == "ehr" and ("10.77.0.9", EHR, 8081) not in found


def test_what_goes_to_the_door_or_comes_from_elsewhere_does_not_end() -> None:
    found = lost(flow(VENDOR, JUMP, 22), flow("10.1.1.50", EHR, 443))
    assert (VENDOR, JUMP, 22) not in found and ("10.1.1.50", EHR, 443) not in found


def test_a_designed_peer_is_known_by_network_vendor_or_line() -> None:
    designed = [
        Designed(asset="ehr", peer=peer, direction="in", port=port, protocol="tcp") for peer, port in (("10.77.0.64/26", 900), (LINE, 901))
    ]
    out = Designed(asset="ehr", peer="Records Ltd", direction="out", port=902, protocol="tcp")
    found = lost(*designed, out)
    assert not found["10.77.0.64", EHR, 900].seen and ("10.77.0.2", EHR, 901) in found and not any(port == 902 for *_, port in found)


def test_whom_to_ask_is_the_vendor_the_keeper_and_the_hospital_s_contact() -> None:
    assert lost()[VENDOR, EHR, 3389].ask == ("Records Ltd", "IT desk")
