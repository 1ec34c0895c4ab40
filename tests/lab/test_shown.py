"""What a host must not show, and that its own services' files come where a machine keeps them."""

from __future__ import annotations

from pathlib import Path

from omamori.lab.reader import built_in
from omamori.lab.registry import services
from omamori.lab.shown import absent, show


def test_a_host_shows_no_configuration_of_services_it_does_not_have() -> None:
    hosts = built_in("sick").hosts
    pacs, nas = absent(hosts["pacs"]), absent(hosts["imaging-nas"])
    assert {Path("/etc/samba"), Path("/etc/postgresql"), Path("/etc/nginx")} <= set(pacs)
    assert not {Path("/etc/ssh"), Path("/etc/orthanc")} & set(pacs)
    assert {Path("/etc/ssh"), Path("/etc/orthanc")} <= set(nas)
    assert not {Path("/etc/samba"), Path("/etc/nginx")} & set(nas)


def test_only_programs_below_usr_and_places_below_etc_are_taken_away() -> None:
    for shape in ("sick", "healthy"):
        for host in built_in("sick" if shape == "sick" else "healthy").hosts.values():
            for path in absent(host):
                assert path.is_relative_to("/usr") or (path.parent == Path("/etc") and len(path.parts) == 3)
                assert path.name not in ("sh", "python3", "runuser", "nsenter", "mount", "ip")


def test_a_firewall_keeps_what_it_sends_its_log_with() -> None:
    assert Path("/etc/rsyslog.conf") not in absent(built_in("healthy").hosts["core"])
    assert Path("/etc/rsyslog.conf") in absent(built_in("healthy").hosts["ehr-app"])


def test_the_configuration_comes_where_a_machine_keeps_it(tmp_path: Path) -> None:
    folder, root = tmp_path / "host", tmp_path / "root"
    (folder / "samba").mkdir(parents=True)
    (folder / "samba" / "smb.conf").write_text("[karte]\n", encoding="utf-8")
    show(folder, root, services()["samba"])
    assert (root / "etc" / "samba" / "smb.conf").read_text(encoding="utf-8") == "[karte]\n"
