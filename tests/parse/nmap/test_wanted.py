"""What scripts say in a few words."""

from __future__ import annotations

import pytest

from omamori.parse.nmap.records import Script
from omamori.parse.nmap.wanted import banner_of, smb_facts


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (Script("http-title", "Orthanc Explorer\nRequested resource was /app", {"title": "Orthanc Explorer"}), "title: Orthanc Explorer"),
        (Script("http-title", "Belgacom"), "title: Belgacom"),
        (Script("ssl-cert", "Subject: commonName=vpn/countryName=JP\nIssuer: x"), "certificate of commonName=vpn/countryName=JP"),
        (Script("ssl-cert", "", {"subject.commonName": "vpn", "issuer.commonName": "ca"}), "certificate of vpn"),
        (
            Script("ssh2-enum-algos", "\n  kex_algorithms: (2)\n      curve25519-sha256\n      diffie-hellman-group1-sha1\n"),
            "old algorithms: diffie-hellman-group1-sha1",
        ),
        (Script("ssh2-enum-algos", "\n      curve25519-sha256\n      aes128-ctr\n"), ""),
        (Script("smb-protocols", "\n  dialects: \n    2.0.2\n    3.1.1"), "dialects: 2.0.2, 3.1.1"),
        (Script("dicom-ping", ""), ""),
        (Script("dicom-ping", "DICOM Service Provider discovered!"), "DICOM: DICOM Service Provider discovered!"),
        (Script("vulners", "CVE-2016-8705"), ""),
    ],
)
def test_a_script_in_a_few_words(script: Script, said: str) -> None:
    assert banner_of(script) == said


def test_smb_tells_system_and_name_by_value_or_by_word() -> None:
    by_value = Script("smb-os-discovery", "", {"os": "Windows 7", "server": "PC-7\\x00"})
    by_word = Script("smb-os-discovery", "\n  OS: Windows 7 (Windows 7 6.1)\n  Computer name: PC-7\n  NetBIOS computer name: OTHER\\x00")
    assert smb_facts(by_value) == smb_facts(by_word) == ("Windows 7", "PC-7")
    assert smb_facts(Script("smb-os-discovery", "ERROR: could not negotiate")) == ("", "")
