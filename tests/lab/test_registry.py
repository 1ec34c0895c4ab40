"""What holds for every service of the lab, however many there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import omamori.lab.services
from omamori.lab.interface import Service
from omamori.lab.registry import services
from omamori.model.recognised import SERVICES

FOLDER = Path(omamori.lab.services.__path__[0])
each = pytest.mark.parametrize("service", services().values(), ids=services().keys())


def test_every_file_of_the_folder_is_a_service_of_its_name() -> None:
    assert set(services()) == {file.stem for file in FOLDER.glob("*.py")} - {"__init__"}
    assert len(services()) > 5


@each
def test_an_option_nobody_knows_is_refused(service: Service) -> None:
    with pytest.raises(ValueError, match=f"service {service.name} .* no option nonsense"):
        service.listens({"nonsense": 1})


@each
def test_ports_are_told_with_a_code_of_the_model(service: Service) -> None:
    codes = {value.code for value in SERVICES}
    for port in service.listens({}):
        assert port.kind in codes
        assert port.protocol in ("tcp", "udp")


@each
def test_programs_name_the_debian_package(service: Service) -> None:
    for program, package in service.programs.items():
        assert re.fullmatch(r"(/usr/lib/[\w/-]+/)?[A-Za-z0-9][\w.-]*", program)
        assert re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", package)
        # What `make test-system` installs, so that the tests with real servers run it.
        if package == "util-linux":  # part of every Debian
            continue
        assert re.search(rf"(^|\s){re.escape(package)}(\s|$)", (FOLDER.parents[3] / "tools/system_packages.sh").read_text(), re.MULTILINE)


@each
def test_what_a_service_shows_below_etc_lies_in_its_own_folder(service: Service) -> None:
    for place, file in service.shows.items():
        assert not Path(place).is_absolute()
        assert ".." not in Path(place).parts
        assert Path(file).parts[0] == service.name
