"""Programs by which somebody elsewhere can operate a machine."""

from __future__ import annotations

from omamori.analyze.remote_access import ANALYZER
from omamori.model.declared import RemoteLine
from omamori.model.derived import Asset, RemoteAccess
from omamori.model.host import Process, Service, Software
from omamori.model.look import Collected
from omamori.model.network import Interface, Listener

TABLES = ("software", "processes", "services", "listeners", "interfaces")
ROWS = [
    Asset(asset="a", hostname="pacs01"),
    Software(asset="a", name="anydesk"),
    Software(asset="a", name="openvpn"),
    Service(asset="a", name="openvpn-client@site", state="running"),
    Service(asset="a", name="anydesk", state="stopped"),
    Process(asset="a", name="x11vnc"),
    Process(asset="a", name="nginx"),
    Listener(asset="a", protocol="tcp", port=3389, address="*"),
    Listener(asset="a", protocol="tcp", port=23, address="*", process="own-service"),
    Interface(asset="a", name="wg0", up=True),
]


def programs(found):
    return {row.product: (row.kind, row.running, row.declared) for row in found if isinstance(row, RemoteAccess)}


def test_by_package_process_service_interface_and_unowned_port(run):
    found = run(ANALYZER, [*ROWS, RemoteLine(line="AnyDesk保守", kind="remote-software")], {"a": TABLES, "*": ("remote_lines",)})
    assert programs(found) == {
        "anydesk": ("remote-control", False, True),
        "openvpn": ("vpn", True, False),
        "vnc": ("remote-control", True, False),
        "xrdp": ("remote-control", True, False),
        "wireguard": ("vpn", True, False),
    }
    (look,) = [row for row in found if isinstance(row, Collected)]
    assert look.complete and look.missing == ""


def test_a_line_that_ends_on_the_machine_declares_its_programs(run):
    lines = [RemoteLine(line="pacs", kind="ssl-vpn", device="PACS01")]
    assert programs(run(ANALYZER, [*ROWS, *lines], {"a": TABLES, "*": ("remote_lines",)}))["openvpn"][2] is True


def test_without_a_ledger_nobody_can_say_whether_it_is_declared(run):
    found = run(ANALYZER, ROWS, {"a": TABLES})
    assert programs(found)["vnc"] == ("remote-control", True, None)
    (look,) = [row for row in found if isinstance(row, Collected)]
    assert look.complete and look.missing == "declared"
