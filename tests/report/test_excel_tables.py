from __future__ import annotations

import io

import openpyxl

from omamori.model.derived import Exposure
from omamori.model.network import Listener
from omamori.report.excel import render_excel


def test_a_port_of_the_machine_itself_is_not_shown_as_open_to_others(hospital) -> None:  # type: ignore[no-untyped-def]
    database = hospital.database
    for address, loopback in (("0.0.0.0", False), ("127.0.0.1", True)):  # noqa: S104 - an address in a table
        database.insert([Listener(asset="x", protocol="tcp", address=address, port=631, process="cupsd", loopback=loopback)])
    database.insert([Exposure(asset="x", protocol="tcp", port=631, inbound="open")])
    book = openpyxl.load_workbook(io.BytesIO(render_excel(hospital.report(), database, "en")))
    rows = {row[2]: row for row in book["Listening ports"].iter_rows(values_only=True)}
    assert (rows["0.0.0.0"][6], rows["0.0.0.0"][7]) == ("no", "open to all")  # noqa: S104
    assert (rows["127.0.0.1"][6], rows["127.0.0.1"][7]) == ("yes", None)


def test_peers_are_told_in_words(hospital) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.load_workbook(io.BytesIO(render_excel(hospital.report(), hospital.database, "ja")))
    rows = [row for row in book["通信相手"].iter_rows(values_only=True) if row[2] == "198.51.100.7"]
    assert {(row[1], row[4], row[8]) for row in rows} == {("出る", "インターネット", "いいえ")}
