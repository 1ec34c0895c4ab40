"""The services a description names, before anything is started."""

from __future__ import annotations

import pytest

from omamori.lab.description import SHAPES, Shape
from omamori.lab.fields import LabError
from omamori.lab.reader import built_in, read_hospital
from omamori.lab.serving import ports_of
from omamori.model.recognised import SERVICES


def test_the_ports_of_a_host_are_those_of_its_services(files: dict[str, str]) -> None:
    found = ports_of(read_hospital(files, "sick"))
    assert {(port.protocol, port.port) for port in found["db"]} == {("tcp", 5432), ("tcp", 22)}
    assert found["pc"] == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_service_of_the_hospital_that_ships_exists_and_knows_its_options(shape: Shape) -> None:
    found = ports_of(built_in(shape))
    kinds = {port.kind for ports in found.values() for port in ports}
    assert kinds <= {value.code for value in SERVICES}
    assert {"dicom", "hl7", "orca", "printer", "backup", "database", "file-share", "remote-shell"} <= kinds
    for host, ports in found.items():
        assert len(ports) == len({(port.protocol, port.port) for port in ports}), host


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("postgres: {}", "postgress: {}", "no service postgress; there are"), ("ssh: {}}}", "ssh: {weal: true}}}", "no option weal")],
)
def test_a_service_or_an_option_nobody_knows_is_told(files: dict[str, str], old: str, new: str, told: str) -> None:
    files["hosts/all.yaml"] = files["hosts/all.yaml"].replace(old, new, 1)
    with pytest.raises(LabError, match=told):
        ports_of(read_hospital(files, "healthy"))
