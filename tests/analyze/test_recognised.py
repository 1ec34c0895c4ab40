"""What stands on the network, and how sure that is."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze import recognised_machines, recognised_services
from omamori.analyze.machine_signs import by_few_services, by_ledger, by_services
from omamori.analyze.service_signs import PORTS, by_answer, by_number, by_program, is_ss_mix, said_by_ledger
from omamori.analyze.system_signs import by_smb, by_ssh
from omamori.model.access import Share
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.gentle import GENTLE
from omamori.model.host import Host, ServerSetting
from omamori.model.look import Collected, Identity
from omamori.model.network import Listener
from omamori.model.recognised import MACHINES, SERVICES, RecognisedMachine, RecognisedService
from omamori.model.sightings import DicomAnswer, NetworkHost, NetworkPort

from .conftest import Run, look

BOTH = (recognised_services.ANALYZER, recognised_machines.ANALYZER)
NOW = datetime(2026, 11, 1)


def port(number: int, asset: str = "a", address: str = "10.1.0.5", **more: object) -> NetworkPort:
    return NetworkPort(asset=asset, address=address, protocol="tcp", port=number, state=more.pop("state", "open"), seen=NOW, **more)  # type: ignore[arg-type]


def services(rows: list[object]) -> set[tuple[object, ...]]:
    return {(row.port, row.service, row.certainty, row.basis) for row in rows if isinstance(row, RecognisedService)}


def machine(rows: list[object]) -> RecognisedMachine:
    (found,) = [row for row in rows if isinstance(row, RecognisedMachine)]
    return found


def test_a_number_alone_is_never_certain_and_a_scanners_name_for_it_is_no_fact(run: Run) -> None:
    rows = run(
        recognised_services.ANALYZER,
        [
            Asset(asset="a"),
            port(104, service="acr-nema", method="table"),
            port(4242, service="vrml-multi-use", method="table"),
            port(1234, service="hotline", method="table"),
        ],
    )
    assert services(rows) == {(104, "dicom", "probable", "port"), (4242, "dicom", "probable", "port"), (1234, "other", "probable", "port")}
    assert not any("vrml" in str(row) or "hotline" in str(row) for row in rows)


def test_what_answered_says_more_but_is_not_certain(run: Run) -> None:
    seen = [
        Asset(asset="a"),
        port(8000, service="http", method="probed", product="nginx", version="1.22"),
        port(8042, service="http", method="probed", product="Orthanc"),
        port(2222, service="ssh", method="probed", product="OpenSSH", version="9.2p1 Debian 2+deb12u3"),
    ]
    assert services(run(recognised_services.ANALYZER, seen)) == {
        (8000, "web", "probable", "banner"),
        (8042, "dicom", "probable", "banner"),
        (2222, "remote-shell", "probable", "banner"),
    }
    found = machine(run(BOTH, seen))
    assert (found.system, found.system_certainty, found.system_basis) == ("Debian 12", "probable", "ssh")


def test_an_accepted_echo_the_machines_own_list_and_the_ledger_make_it_certain(run: Run) -> None:
    rows = run(
        recognised_services.ANALYZER,
        [
            Asset(asset="a"),
            port(11112), port(104), port(4242), port(2575), port(22), port(9999),
            DicomAnswer(asset="a", address="10.1.0.5", port=11112, accepted=True, status=0, implementation="X1"),
            DicomAnswer(asset="a", address="10.1.0.5", port=104, accepted=False),
            Listener(asset="a", protocol="tcp", port=4242, process="Orthanc"),
            Listener(asset="a", protocol="tcp", port=8042, process="Orthanc"),
            Listener(asset="a", protocol="tcp", port=9999, process="java"),
            Listener(asset="a", protocol="tcp", port=5432, process="postgres", loopback=True),
            LedgerAsset(asset="a", ports="2575/tcp 22", purpose="検査オーダの受け口"),
        ],
        {"a": ["network_ports", "listeners"]},
    )  # fmt: skip
    assert services(rows) == {
        (11112, "dicom", "certain", "echo"),
        (104, "dicom", "probable", "port"),
        (4242, "dicom", "certain", "host"),
        (8042, "web", "certain", "host"),
        (2575, "hl7", "certain", "ledger"),
        (22, "remote-shell", "probable", "ledger"),
        (9999, "other", "probable", "port"),
    }


def test_whether_a_scan_found_it_open(run: Run) -> None:
    def told(complete: bool) -> dict[object, object]:
        rows = run(
            recognised_services.ANALYZER,
            [
                Asset(asset="a"),
                NetworkHost(asset="a", address="10.1.0.5"),
                port(22), port(445, state="filtered"),
                *(Listener(asset="a", protocol="tcp", port=number, process="smbd") for number in (22, 445, 3389, 50001)),
            ],
            extra=[look("a", "network_ports", complete=complete)],
        )  # fmt: skip
        return {row.port: row.open_to_network for row in rows if isinstance(row, RecognisedService)}

    assert told(True) == {22: True, 445: False, 3389: False, 50001: None}
    assert told(False) == {22: True, 445: False, 3389: None, 50001: None}


def test_dicom_by_configuration_and_ss_mix2_by_the_share(run: Run) -> None:
    rows = run(
        recognised_services.ANALYZER,
        [
            Asset(asset="a"),
            Listener(asset="a", protocol="tcp", port=4243),
            ServerSetting(asset="a", service="orthanc", name="DicomPort", value="4243"),
            Share(asset="a", name="data", protocol="smb", path="D:\\SS-MIX2\\root"),
            Share(asset="a", name="home", protocol="smb", path="/home"),
        ],
        {"a": ["listeners"]},
    )
    assert services(rows) == {(4243, "dicom", "certain", "host"), (445, "ssmix2", "certain", "host")}


def test_its_look_is_as_good_as_the_worst_look_there_is(run: Run) -> None:
    def complete(*looks: Collected) -> bool:
        rows = run(recognised_services.ANALYZER, [Asset(asset="a")], extra=looks)
        return next(row.complete for row in rows if isinstance(row, Collected))

    assert not complete()
    assert complete(look("a", "network_ports"))
    assert complete(look("a", "network_ports"), look("a", "listeners"))
    assert not complete(look("a", "network_ports"), look("a", "listeners", complete=False))


@pytest.mark.parametrize(
    ("rows", "kind", "basis"),
    [
        ([LedgerAsset(asset="a", role="medical"), port(9100)], "modality", "ledger"),
        ([LedgerAsset(asset="a", role="server", purpose="仮想基盤")], "hypervisor", "ledger"),
        ([LedgerAsset(asset="a", role="client", purpose="スイッチの管理")], "client", "ledger"),
        ([LedgerAsset(asset="a", role="network", purpose="フロアスイッチ")], "switch", "ledger"),
        ([LedgerAsset(asset="a", role="other", purpose="受付の複合機")], "printer", "ledger"),
        ([Host(asset="a", role="server"), port(9100)], "server", "host"),
        ([port(9100), port(445)], "printer", "service"),
        ([port(8006)], "hypervisor", "service"),
        ([port(554), NetworkHost(asset="a", mac="00:11:32:00:00:01")], "nas", "maker"),
        ([port(554)], "camera", "service"),
        ([NetworkHost(asset="a", mac="00:1b:a9:00:00:01")], "printer", "maker"),
        ([Identity(asset="a", identifier="mac:00:1b:a9:00:00:01")], "printer", "maker"),
        ([port(5432)], "server", "service"),
        ([port(22), NetworkHost(asset="a", mac="00:50:56:00:00:01")], None, None),
    ],
)
def test_what_a_machine_is(run: Run, rows: list[object], kind: str | None, basis: str | None) -> None:
    found = machine(run(BOTH, [Asset(asset="a"), *rows]))
    assert (found.kind, found.kind_basis) == (kind, basis)
    assert found.kind_certainty == (None if kind is None else "certain" if basis in ("ledger", "host") else "probable")


def test_the_system_by_itself_before_what_others_say(run: Run) -> None:
    seen: list[object] = [
        Asset(asset="a"),
        NetworkHost(asset="a", address="10.1.0.5", system="Linux 4.15 - 5.6", system_accuracy=96),
        port(445, service="microsoft-ds", method="probed", product="Microsoft Windows 7 - 10 microsoft-ds"),
        port(22, service="ssh", method="probed", product="OpenSSH", version="for_Windows_8.1"),
    ]
    assert (machine(run(BOTH, seen)).system, machine(run(BOTH, seen)).system_basis) == ("Windows 7", "smb")
    assert machine(run(BOTH, seen[:2])).system_basis == "scan"
    own = machine(run(BOTH, [*seen, Host(asset="a", os_name="Windows Server 2019 Standard")]))
    assert (own.system, own.system_certainty, own.system_basis) == ("Windows Server 2019 Standard", "certain", "host")


@pytest.mark.parametrize(
    ("process", "number", "service"),
    [
        ("sshd", 2222, "remote-shell"), ("svchost.exe", 3389, "remote-desktop"), ("svchost.exe", 49664, None), ("System", 445, "file-share"),
        ("inetd", 23, "plain-text-login"), ("inetd", 9999, None), ("java", 104, None), ("C:\\Orthanc\\Orthanc.exe", 104, "dicom"),
        ("sqlservr.exe", 50123, "database"), ("rest-server", 8000, "backup"), ("", 22, None), (None, 22, None), ("dbslb", 8000, "orca"),
    ],
)  # fmt: skip
def test_the_program_tells_the_service(process: str | None, number: int, service: str | None) -> None:
    assert by_program("tcp", number, process) == service


def test_banners_of_systems() -> None:
    assert by_ssh("OpenSSH", "8.9p1 Ubuntu 3ubuntu0.6", None) == "Ubuntu"
    assert by_ssh("OpenSSH", "7.4", None) is None
    assert by_ssh("Cisco SSH", "1.25", None) == "Cisco IOS"
    assert by_smb("Samba smbd", "4.6.2", None) == "Linux (Samba)"
    assert by_smb("Windows Server 2016 Standard 14393 microsoft-ds", None, None) == "Windows Server 2016 Standard"
    assert by_smb("Microsoft Windows XP microsoft-ds", None, None) == "Windows XP"
    assert by_smb(None, None, None) is None


def test_the_words_are_all_in_the_model() -> None:
    known = {value.code for value in SERVICES}
    assert set(PORTS.values()) <= known
    assert all(by_number("tcp", one.port) == one.service for one in GENTLE)
    assert by_answer("vrml-multi-use?", None, None) is None and by_answer("ssh", None, None) == "remote-shell"
    assert is_ss_mix("SSMIX2", None) and is_ss_mix(None, "/data/ss-mix/storage") and not is_ss_mix("mix", "/ss")
    assert said_by_ledger("dicom", None, "PACS") and not said_by_ledger("dicom", "電子カルテ") and not said_by_ledger("other", "PACS")


@given(st.sets(st.sampled_from([value.code for value in SERVICES])), st.sets(st.integers(1, 65535)))
def test_what_services_suggest_is_always_a_kind_and_never_certain(offered: set[str], ports: set[int]) -> None:
    kinds = {value.code for value in MACHINES}
    for found in (by_services(offered, ports), by_few_services(offered, ports)):
        assert found is None or (found.kind in kinds and not found.certain)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_the_signs(one: str, two: str, three: str) -> None:
    by_ssh(one, two, three)
    by_smb(one, two, three)
    by_answer(one, two, three)
    by_program("tcp", 1, one)
    by_ledger(one, two, three)
    said_by_ledger("dicom", one)
