"""Zeek's list of connections: both ways of writing, and real logs against a second reading of the same files."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from omamori.parse.interface import Context
from omamori.parse.network.log.firewall_log import PARSERS
from omamori.parse.network.log.zeek import FORMS
from omamori.parse.registry import recognise

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "flows"
NOW = datetime(2026, 6, 1, 9)
JSON, COLUMNS = (form.read for form in FORMS)


def test_both_ways_of_writing_tell_the_same() -> None:
    said = {
        "ts": 1777600000.5, "uid": "Cabc123", "id.orig_h": "10.1.2.3", "id.orig_p": 50000, "id.resp_h": "10.1.9.9", "id.resp_p": 1433,
        "proto": "tcp", "duration": 4.0, "orig_bytes": 100, "resp_bytes": 900, "conn_state": "SF",
    }  # fmt: skip
    line = "\t".join(["1777600000.500000", "Cabc123", "10.1.2.3", "50000", "10.1.9.9", "1433", "tcp", "-", "4.0", "100", "900", "SF", "-"])
    one, other = JSON(json.dumps(said), NOW), COLUMNS(line, NOW)
    assert one == other
    assert one is not None and (one.when, one.port, one.size, one.action) == (datetime(2026, 5, 1, 1, 46, 40), 1433, 1000, "accept")
    unanswered = JSON(json.dumps({**said, "conn_state": "S0"}), NOW)
    assert unanswered is not None and unanswered.action is None
    refused = JSON(json.dumps({**said, "conn_state": "REJ"}), NOW)
    assert refused is not None and refused.action == "reject"


@pytest.mark.parametrize(
    "line", ['{"conn_state": "SF"}', '["conn_state"]', '{"query": "x", "id.orig_h": "10.0.0.1"}', '{"conn_state": "SF", "id.orig_h": 3}']
)
def test_other_lists_tell_of_no_connection(line: str) -> None:
    assert JSON(line, NOW) is None and COLUMNS(line, NOW) is None
    assert COLUMNS("1.0\tC\ta\tb", NOW) is None


def expected(path: Path) -> Counter[tuple[str, str, str, str]]:
    """Source, destination, protocol and port of every line, read by the columns the file itself names."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    with path.open(encoding="utf-8") as lines:
        if path.suffix == ".log" and path.read_text(encoding="utf-8").startswith("#"):
            kept = [line for line in lines if not line.startswith("#") or line.startswith("#fields")]
            rows = csv.DictReader((line.removeprefix("#fields\t") for line in kept), delimiter="\t", quoting=csv.QUOTE_NONE)
            said = [dict(row) for row in rows]
        else:
            said = [
                {name.replace("id_", "id."): str(value) for name, value in json.loads(line).items()}
                for line in lines
                if '"conn_state"' in line
            ]
    for row in said:
        port = "" if row["proto"] == "icmp" else row["id.resp_p"]
        found[(row["id.orig_h"], row["id.resp_h"], row["proto"], port)] += 1
    return found


@pytest.mark.parametrize(
    "name",
    [
        "zat/conn.log",
        "zat/conn_date_issue.log",
        "zat/json/conn.log",
        "otrf-apt29-zeek/day1/NASHUA_conn.log",
        "otrf-apt29-zeek/day2/UTICA-A_conn.log",
    ],
)
def test_real_logs(name: str) -> None:
    path = DATA / name
    if not path.is_file():
        pytest.skip("real captures are not here")
    data = path.read_bytes()
    parser = recognise(data[:65536], path.name)
    assert parser is not None and parser.kind == "network.firewall_log"
    parsed = PARSERS[0].parse(data, Context("network.firewall_log", NOW, NOW, file_name="zeek1.log"))
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row in parsed.rows:
        kind = (row.protocol or "").replace("icmpv6", "icmp")
        found[(row.source_address, row.destination_address, kind, str(row.destination_port or ("" if kind == "icmp" else 0)))] += row.times
        assert not row.own_clock
    assert found == Counter({(one[0].lower(), one[1].lower(), *one[2:]): count for one, count in expected(path).items()})
    assert all(row.first_seen.tzinfo is None and row.first_seen <= datetime.now(UTC).replace(tzinfo=None) for row in parsed.rows)
