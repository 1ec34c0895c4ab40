from __future__ import annotations

import io

import openpyxl

from omamori.model.derived import Exposure
from omamori.model.network import Listener
from omamori.model.recognised import RecognisedService
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


def test_what_only_a_scan_saw_stands_in_a_sheet_of_its_own(hospital) -> None:  # type: ignore[no-untyped-def]
    plain = openpyxl.load_workbook(io.BytesIO(render_excel(hospital.report(), hospital.database, "ja")))
    assert "見分けたサービス" not in plain.sheetnames
    hospital.database.insert([RecognisedService(asset="10.1.0.5", address="10.1.0.5", port=104, service="dicom", open_to_network=True)])
    book = openpyxl.load_workbook(io.BytesIO(render_excel(hospital.report(), hospital.database, "ja")))
    (row,) = list(book["見分けたサービス"].iter_rows(values_only=True))[1:]
    assert row == ("10.1.0.5", "10.1.0.5", 104, "tcp", "DICOM(画像)", "おそらく", None, "はい")
