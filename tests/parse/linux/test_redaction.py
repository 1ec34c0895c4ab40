"""Passwords in the outputs of Linux probes are gone before anything is stored, and the rows still say where they stood."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.interface import Context
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers

SECRETS = {
    "linux.tasks": [
        b"0 3 * * * root mysqldump -u root -pS3cr3tWord ehr",
        b"0 3 * * * root curl -u admin:S3cr3tWord http://10.1.0.9/",
        b"0 3 * * * root PGPASSWORD=S3cr3tWord pg_dump ehr",
    ],
    "linux.services": [b"ExecStart={ path=/x ; argv[]=/x --password=S3cr3tWord --to 10.1.0.9 ; ignore_errors=no ; }"],
    "linux.outbound": [b"/etc/environment:http_proxy=http://user:S3cr3tWord@proxy.hospital.example:8080/"],
    "linux.updates": [b"/etc/apt/sources.list:deb http://user:S3cr3tWord@mirror.hospital.example/debian x main"],
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in SECRETS.items() for line in lines])
def test_a_password_is_taken_out_and_the_lines_stay(kind: str, line: bytes) -> None:
    data = b"#@ a\n" + line + b"\n#@ end 0\n"
    done = redact_for(parsers()[kind], data)
    assert b"S3cr3tWord" not in done.data
    assert b"[secret: " in done.data
    assert done.data.count(b"\n") == data.count(b"\n")
    assert done.secrets >= 1


def test_hosts_are_still_read_after_redaction() -> None:
    lines = (
        b"#@ proxies\n" + SECRETS["linux.outbound"][0] + b"\n#@ end 0\n#@ repositories\n" + SECRETS["linux.updates"][0] + b"\n#@ end 0\n"
    )
    parser = parsers()["linux.outbound"]
    now = datetime(2026, 1, 15)
    parsed = parser.parse(redact_for(parser, lines).data, Context(kind=parser.kind, seen=now, received=now))
    assert [(row.kind, row.value) for row in parsed.rows] == [
        ("proxy", "proxy.hospital.example"),
        ("repository", "mirror.hospital.example"),
    ]
