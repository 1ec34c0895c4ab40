"""Programs as Windows machines of a hospital list them: about 120 each, no two machines alike (for `bench/windows_updates.py`)."""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.host import Software

OTHERS = 98
"""Programs of a machine of which nobody publishes flaws: parts of departmental systems, drivers, run-times."""

_KNOWN = """
Google Chrome|Google LLC|112.0.5615.49 124.0.6367.91 131.0.6778.86
Mozilla Firefox {} (x64 ja)|Mozilla|52.0 78.0.1 115.0.2
Mozilla Thunderbird {} (x64 ja)|Mozilla|60.9.0 91.3.1 115.3.1
Adobe Acrobat Reader DC - Japanese|Adobe Systems Incorporated|15.007.20033 19.010.20064 23.003.20244
Adobe Flash Player 32 NPAPI|Adobe|21.0.0.213 29.0.0.140 32.0.0.371
Java 8 Update 202 (64-bit)|Oracle Corporation|8.0.2020.8
Java 7 Update 80|Oracle|7.0.800
Apple QuickTime|Apple Inc.|7.7.4 7.79.80.95
iTunes|Apple Inc.|12.1.2.27 12.9.4.102
VLC media player|VideoLAN|2.2.4 3.0.6 3.0.18
7-Zip {} (x64)|Igor Pavlov|16.04 19.00 23.01
WinRAR 6.20 (64-bit)|win.rar GmbH|6.20.0
Wireshark {} 64-bit|The Wireshark developer community, https://www.wireshark.org|2.2.6 3.0.1 3.6.8
PuTTY release {} (64-bit)|Simon Tatham|0.70.0.0 0.76.0.0 0.78.0.0
WinSCP {}|Martin Prikryl|5.13.4 5.17.10
FileZilla Client {}|Tim Kosse|3.25.1 3.52.2
Notepad++ (64-bit x64)|Notepad++ Team|7.5.1 7.8.4 8.5
Tera Term 4.106|TeraTerm Project|4.106
LibreOffice {}|The Document Foundation|5.2.7.2 6.4.7.2 7.5.0.3
GIMP {}|The GIMP Team|2.8.16 2.10.30
IrfanView {} (64-bit)|Irfan Skiljan|4.44 4.53
TeamViewer|TeamViewer|12.0.78716 14.2.2558 15.38.3
UltraVNC|uvnc bvba|1.2.2.3 1.3.8.1
RealVNC Server {}|RealVNC Ltd|6.3.1 6.7.2
Zoom|Zoom Video Communications, Inc.|5.0.24046.0510 5.13.5
Cisco AnyConnect Secure Mobility Client|Cisco Systems, Inc.|4.5.02033 4.10.01075
OpenVPN {}|OpenVPN, Inc.|2.4.6 2.5.5
FortiClient|Fortinet Technologies Inc|5.6.0.1075 6.4.3.1608
Apache Tomcat 8.5 Tomcat8 (remove only)|The Apache Software Foundation|8.5.32
MySQL Server 5.7|Oracle Corporation|5.7.17 5.7.33
PostgreSQL 9.6|PostgreSQL Global Development Group|9.6.5-1 9.6.20
Python {} (64-bit)|Python Software Foundation|3.6.8150.0 3.9.1150.0
Node.js|Node.js Foundation|10.15.3 14.17.0
Git|The Git Development Community|2.15.0 2.30.1
VMware Tools|VMware, Inc.|10.1.7.5541682 11.2.5.17337674
Foxit Reader|Foxit Software Inc.|8.3.1.21155 9.7.2.29539
Microsoft Silverlight|Microsoft Corporation|5.1.50709.0
Microsoft Visual Studio Code (User)|Microsoft Corporation|1.52.0 1.74.2
Skype|Skype Technologies S.A.|7.36.101
Dropbox|Dropbox, Inc.|71.4.108
KeePass Password Safe {}|Dominik Reichl|2.41 2.53
Symantec Endpoint Protection|Symantec Corporation|14.2.770.0000
SKYSEA Client View|Sky Co., LTD.|11.221.05
Cybozu Garoon 4|Cybozu, Inc.|4.10.2
"""


def programs_of(asset: str, number: int) -> Iterator[Software]:
    """Yield the programs of the machine with this number: known ones in versions that differ, and those of no publisher of flaws."""
    for place, line in enumerate(_KNOWN.strip().splitlines()):
        if (place + number) % 2:
            continue
        name, publisher, versions = line.split("|")
        chosen = versions.split(" ")
        version = chosen[(number + place) % len(chosen)]
        yield _installed(asset, place, name.format(version), version, publisher)
    for place in range(OTHERS):
        version = f"{1 + place % 7}.{number % 11}.{place % 13}.{number % 5}"
        yield _installed(asset, 1000 + place, f"部門連携モジュール{place:02}", version, f"医療システム{place % 9}株式会社")


def _installed(asset: str, place: int, name: str, version: str, publisher: str) -> Software:
    return Software(
        asset=asset,
        name=name,
        version=version,
        publisher=publisher,
        manager="registry",
        architecture="x64",
        source="windows.programs",
        evidence=f"cafe:{place}",
    )
