"""What a scan made elsewhere found open is a finding, also where it asked only a few ports; what it did not ask stays unknown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from omamori.model.gentle import GENTLE_PORTS
from omamori.pipeline.check import checks_for
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.site import Site

SCAN = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -p 22-23 10.1.0.0/30" start="1780228800" version="7.93" xmloutputversion="1.05">
<scaninfo type="connect" protocol="tcp" numservices="2" services="22-23"/>
<host starttime="1780228800" endtime="1780228810"><status state="up" reason="syn-ack"/>
<address addr="10.1.0.2" addrtype="ipv4"/>
<ports><port protocol="tcp" portid="22"><state state="closed" reason="reset"/></port>
<port protocol="tcp" portid="23"><state state="open" reason="syn-ack"/></port></ports>
</host>
<runstats><finished time="1780228820" exit="success"/><hosts up="1" down="3" total="4"/></runstats>
</nmaprun>
"""


def test_an_open_port_is_found_and_a_port_nobody_asked_is_not_called_closed(tmp_path: Path) -> None:
    moment = datetime(2026, 6, 1, 9)
    (tmp_path / "scan.xml").write_text(SCAN, encoding="utf-8")
    take_in(tmp_path / "site", [tmp_path / "scan.xml"], Silent(), received=moment)
    taken = take_snapshot(Site(tmp_path / "site"), checks_for(()), moment, Silent())
    of_scans = {(one.check_id, one.finding_key): one.verdict for one in taken.verdicts if one.check_id.startswith("scan.")}

    assert of_scans["scan.plain_login", "10.1.0.2 | 23"] == "fail"
    assert of_scans["scan.plain_login", ""] == "unknown", "FTP was not asked"
    assert of_scans["scan.remote_screen", ""] == "unknown", "VNC was not asked"


def from_stand(began: int, *, near: bool, telnet: bool) -> str:
    ports = ",".join(map(str, GENTLE_PORTS))
    card = '<address addr="00:11:32:00:00:02" addrtype="mac"/>' if near else ""
    rest = f'<extraports state="filtered" count="{len(GENTLE_PORTS) - telnet}"/>'
    seen = '<port protocol="tcp" portid="23"><state state="open" reason="syn-ack"/></port>' if telnet else ""
    return f"""<?xml version="1.0"?>
<nmaprun scanner="nmap" args="nmap -p {ports} 10.1.0.2" start="{began}" version="7.93" xmloutputversion="1.05">
<scaninfo type="syn" protocol="tcp" numservices="{len(GENTLE_PORTS)}" services="{ports}"/>
<host starttime="{began}" endtime="{began + 9}"><status state="up" reason="{"arp-response" if near else "reset"}"/>
<address addr="10.1.0.2" addrtype="ipv4"/>{card}<ports>{rest}{seen}</ports></host>
<runstats><finished time="{began + 10}" exit="success"/><hosts up="1" down="0" total="1"/></runstats></nmaprun>
"""


def judged(site: Path, *scans: str) -> str:
    moment = datetime(2026, 6, 4, 9)
    files = [site.parent / f"{site.name}-{number}.xml" for number, _ in enumerate(scans)]
    for file, text in zip(files, scans, strict=True):
        file.write_text(text, encoding="utf-8")
    take_in(site, files, Silent(), received=moment)
    taken = take_snapshot(Site(site), checks_for(()), moment, Silent())
    return {one.verdict for one in taken.verdicts if one.check_id == "scan.plain_login"}.pop()


def test_what_is_open_on_the_segment_is_not_closed_because_a_later_scan_stood_behind_a_firewall(tmp_path: Path) -> None:
    first, later = 1780228800, 1780228800 + 86400
    near = from_stand(first, near=True, telnet=True)
    assert judged(tmp_path / "far", near, from_stand(later, near=False, telnet=False)) == "fail"
    assert judged(tmp_path / "mended", near, from_stand(later, near=True, telnet=False)) == "pass"
