from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.look import Problem
from omamori.parse.linux.output import FileText
from omamori.parse.linux.server_json import docker_settings, orthanc_settings, redact


def _file(text: str, name: str = "orthanc.json") -> FileText:
    return FileText(f"/etc/x/{name}", tuple(enumerate(text.split("\n"), 10)))


def test_comments_and_a_comma_too_many() -> None:
    text = '/* all */ {\n// remote\n"RemoteAccessAllowed" : true, // yes\n"Url": "http://a//b",\n}'
    problems: list[Problem] = []
    rows = orthanc_settings(_file(text), problems)
    assert [(row.name, row.value, row.evidence) for row in rows] == [("RemoteAccessAllowed", "true", "12")]
    assert problems == []


def test_a_broken_file_is_told() -> None:
    problems: list[Problem] = []
    assert orthanc_settings(_file('{"RemoteAccessAllowed": tru'), problems) == []
    assert [problem.line for problem in problems] == [10]


def test_accounts_are_counted_and_default_passwords_told() -> None:
    text = b'{"RegisteredUsers" : {"alice" : "alicePassword", "lab":"Xy7-long"}}'
    cleaned = redact(text)
    assert cleaned.secrets == 2
    assert b"alicePassword" not in cleaned.data
    assert b"Xy7" not in cleaned.data
    (row,) = orthanc_settings(_file(cleaned.data.decode()), [])
    assert row.value == "2, [secret: password, default]"


@given(st.binary(max_size=200))
def test_the_redactor_keeps_lines_and_runs_twice_without_change(data: bytes) -> None:
    once = redact(b'{"RegisteredUsers": {"a": "b"}}\n' + data)
    assert once.data.count(b"\n") == data.count(b"\n") + 1
    assert redact(once.data).data == once.data


def test_docker_hosts_from_both_places() -> None:
    json_rows = docker_settings(_file('{"hosts": ["tcp://0.0.0.0:2375", 3], "tlsverify": true}', "daemon.json"), [])
    assert [(row.name, row.value) for row in json_rows] == [("hosts", "tcp://0.0.0.0:2375"), ("tlsverify", "true")]
    unit = docker_settings(_file("[Service]\nExecStart=/usr/bin/dockerd -H fd:// -H tcp://10.1.2.3:2376", "o.conf"), [])
    assert [row.value for row in unit] == ["tcp://10.1.2.3:2376"]
