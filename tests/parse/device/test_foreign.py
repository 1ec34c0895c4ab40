"""Files that quote configurations are none; scripts of the packet filter are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from omamori.parse.device.config import recognise
from omamori.parse.device.foreign import is_foreign
from omamori.parse.device.other import recognise as recognise_other
from omamori.parse.registry import RECOGNISE_BYTES
from omamori.parse.registry import recognise as whoever

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
DEVICES = ("device.config", "device.other", "network.console")
CONFIGURATION = (
    "version 15.2\nhostname r1\ninterface GigabitEthernet0/1\n ip address 10.0.0.1 255.255.255.0\naccess-list 10 permit any\nend\n"
)


@pytest.mark.parametrize(
    "first",
    [
        "<!DOCTYPE html>", "<html lang='ja'>", "\ufeff<HTML>", "{\\rtf1\\ansi", ".TH IPTABLES 8", "#!/bin/sh", "#! /usr/bin/expect -f", '"""Tests."""',
        "from pathlib import Path", "import re", "#include <stdio.h>", "<?php", "# -*- coding: utf-8 -*-", "use strict;",
    ],
)  # fmt: skip
def test_a_configuration_in_a_page_a_manual_or_a_program_is_nobodys(first: str) -> None:
    text = f"\n{first}\n{CONFIGURATION}"
    assert is_foreign(text.split("\n"))
    assert not recognise(text.encode(), "x.txt")
    assert not recognise_other(text.encode(), "x.txt")


@pytest.mark.parametrize(
    "first", ["", "! saved", "#config-version=FGT60F", "# RTX1210 Rev.14.01.38", "<?xml version='1.0'?>", "import", "package"]
)
def test_what_begins_otherwise_is_not_foreign(first: str) -> None:
    assert not is_foreign([first, "hostname r1"])
    assert recognise(CONFIGURATION.encode(), "x.txt")


def test_a_script_of_the_packet_filter_is_a_configuration() -> None:
    rules = "table ip filter {\n chain input {\n  type filter hook input priority 0; policy drop;\n }\n}\n"
    assert recognise(f"#!/usr/sbin/nft -f\n{rules}".encode(), "nftables.conf")
    assert recognise(b"#!/sbin/iptables-restore\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n", "rules.v4")
    assert not recognise(f"#!/bin/bash\n{rules}".encode(), "nftables.conf")


def test_a_style_sheet_is_no_table_of_rules() -> None:
    assert not recognise(b"body {\n margin: 0\n}\ntable {\n border: 0\n}\ntable tr {\n color: red\n}\n", "style.css")
    assert recognise(b"table filter {\n chain input {\n  type filter hook input priority 0;\n }\n}\n", "rules.nft")


def test_network_cards_of_any_linux_are_not_those_of_a_fortigate() -> None:
    card = "{}      Link encap:Ethernet  HWaddr 00:00:5E:00:53:41\n          inet addr:10.1.0.41  Bcast:10.1.255.255  Mask:255.255.0.0\n"
    assert not recognise(card.format("eth0").encode(), "x.txt")
    assert recognise((card.format("eth0") + card.format("wan1")).encode(), "x.txt")


@pytest.mark.parametrize("folder", ["windows", "scanners", "flows", "hospital", "nmap"])
def test_no_real_file_of_another_kind_is_taken_for_a_device(folder: str) -> None:
    if not (DATA / folder).exists():
        pytest.skip(f"real captures are not here: {DATA / folder}")
    tried = 0
    for path in sorted((DATA / folder).rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                parser = whoever(file.read(RECOGNISE_BYTES), path.name)
            assert parser is None or parser.kind not in DEVICES, path
            tried += 1
    assert tried > 5
