"""What may not be stored of a scan file."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import Redacted
from omamori.parse.nmap.redact import redact
from omamori.parse.nmap.wanted import is_kept
from omamori.parse.redact import redact as redact_keywords
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers

DATA = sorted((Path(__file__).parent / "data").glob("*.xml"))
SECRETS = (
    ("snmp-brute", "&#xa;  Hosp1tal-ro - Valid credentials&#xa;", "Hosp1tal-ro"),
    ("http-default-accounts", "admin:Sesame42", "Sesame42"),
    ("ftp-anon", "&#xa;drwxr-xr-x 山田花子_CT_20260101", "山田花子"),
    ("http-auth", "Basic realm=Kanri99", "Kanri99"),
    ("dicom-brute", "Called Application Entity Title:PACS77", "PACS77"),
    ("smb-ls", "TANAKA_TARO.pdf", "TANAKA"),
    ("a script of our own", "anything Else88", "Else88"),
)


def _file(inside: str, arguments: str = "nmap 10.1.1.1") -> bytes:
    return (
        f'<?xml version="1.0"?>\n<!-- Nmap 7.93 scan as: {arguments} -->\n<nmaprun scanner="nmap" args="{arguments}">\n<host>\n{inside}\n'
        '<script id="http-title" output="Orthanc"/></host>\n</nmaprun>\n'
    ).encode()


def _well_formed(data: bytes) -> None:
    expat.ParserCreate().Parse(data, True)


def _stored(data: bytes) -> Redacted:
    return redact_for(parsers()["nmap.xml"], data)


@pytest.mark.parametrize(("name", "output", "secret"), SECRETS)
def test_scripts_not_known_as_harmless_are_taken_out_with_all_below_them(name: str, output: str, secret: str) -> None:
    shapes = (
        f'<script id="{name}" output="{output}"/>',
        f"<script output='{output}'\n id='{name}'></script>",
        f'<script id="{name}" output=""><table key="a">\n<elem key="b">{output}</elem>\n</table></script>',
        f'<script id = "{name}" output = "{output}">\n{output}</script>',
    )
    for inside in shapes:
        data = _file(inside)
        done = _stored(data)
        text = done.data.decode()
        assert secret not in text
        assert "Orthanc" in text
        assert done.secrets
        assert text.count("\n") == data.count(b"\n")
        _well_formed(done.data)
        assert _stored(done.data).data == done.data


@pytest.mark.parametrize(
    "torn", ['<script id="x-brute" output="Secret99', "<script Secret99 <host>", '<script id="x" output="a" Secret99 / >']
)
def test_a_torn_script_is_taken_out_too(torn: str) -> None:
    assert b"Secret99" not in _stored(_file("").rpartition(b"</host>")[0] + torn.encode()).data


@pytest.mark.parametrize(
    "arguments",
    [
        "nmap -&#45;script-args snmp.community=Geheim77 10.1.1.1",
        "nmap --script-args=user=a,pass=Geheim77 10.1.1.1".replace("--", "-&#45;"),
        "nmap -&#45;script-args &quot;user=a b,pass=Geheim77 x&quot; 10.1.1.1",
        "nmap -script-args 'pass=a Geheim77' 10.1.1.1",
        "nmap -&#45;proxies http://u:Geheim77@10.1.1.9:8080 10.1.1.1",
        "nmap -&#45;data-string Geheim77 10.1.1.1",
    ],
)
def test_the_command_line_keeps_no_arguments_of_scripts(arguments: str) -> None:
    done = _stored(_file("", arguments))
    assert b"Geheim77" not in done.data
    assert done.data.count(b"10.1.1.1") >= 2
    _well_formed(done.data)


@pytest.mark.parametrize(
    "inside",
    [
        '<script id="http-title" output="login password: Sesame42"/>',
        '<script id="banner" output="community = Sesame42"/><ports><port protocol="tcp" portid="80"/></ports>',
        '<service name="http" extrainfo="token=Sesame42abc"/>',
        '<script id="ssl-cert" output=""><elem key="a">password: Sesame42</elem></script>',
        '<service name="x" servicefp="SF-Port9:Sesame42"/>',
    ],
)
def test_words_that_announce_a_secret_do_not_tear_the_xml_apart(inside: str) -> None:
    data = _file(inside)
    done = _stored(data)
    assert b"Sesame42" not in done.data
    assert done.data.count(b"\n") == data.count(b"\n")
    _well_formed(done.data)
    assert redact_keywords(done.data).data == done.data


def test_what_tells_of_programs_stays() -> None:
    for name in ("banner", "http-title", "ssl-cert", "smb-os-discovery", "dicom-ping", "snmp-sysdescr", "smb-vuln-ms17-010"):
        assert is_kept(name)
    for name in ("snmp-brute", "http-auth", "dicom-brute", "ftp-anon", "smb-ls", "http-fetch", "snmp-win32-users", "", "banner-grab"):
        assert not is_kept(name)


@pytest.mark.parametrize("capture", DATA, ids=lambda path: path.stem)
def test_a_packed_file_is_stored_unpacked_and_clean(capture: Path) -> None:
    data = capture.read_bytes()
    assert _stored(gzip.compress(data)).data == _stored(data).data
    assert _stored(data).data.count(b"\n") == data.count(b"\n")
    assert b"Geheim77" not in _stored(data).data


@given(
    st.lists(
        st.sampled_from(
            ("<script", ' id="banner"', ' id="x"', ' output="Secret99"', "/>", ">", "<elem>", "Secret99", "</script>", "\n", "<host>", "'")
        ),
        max_size=12,
    )
)
def test_whatever_stands_in_a_file_lines_stay_and_nothing_raises(parts: list[str]) -> None:
    data = "".join(parts).encode()
    done = redact(data)
    assert done.data.count(b"\n") == data.count(b"\n")
    assert redact(done.data).data == done.data


def test_endless_attributes_are_read_in_one_pass() -> None:
    for part in (b"<script ", b'<script a="', b"<script a=b ", b' a="b"', b"--script-args &quot;", b"<script" + b' a="b"' * 50):
        redact(b"<nmaprun>" + part * (400_000 // len(part)))
