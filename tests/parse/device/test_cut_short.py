"""A configuration that ends too early tells of nothing to the end: what is missing is unknown, and no implicit deny."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from omamori.parse.device.config import KIND, parse, redact
from omamori.parse.interface import Context

NOW = datetime(2026, 1, 10, tzinfo=UTC)
HEADER = "#config-version=FGT60F-7.2.5-FW-build1517-230606:opmode=0:vdom=0:user=admin"
FORTI = f"""{HEADER}
config system global
    set hostname "fw"
end
config system interface
    edit "wan1"
        set ip 203.0.113.2 255.255.255.0
    next
    edit "lan"
        set ip 10.0.0.1 255.255.255.0
    next
end
config system admin
    edit "admin"
        set password ENC x
    next
end
config firewall policy
    edit 1
        set srcintf "wan1"
        set dstintf "lan"
        set srcaddr "all"
        set dstaddr "all"
        set action deny
        set schedule "always"
        set service "PING"
    next
    edit 2
        set srcintf "wan1"
        set dstintf "lan"
        set srcaddr "all"
        set dstaddr "all"
        set action accept
        set schedule "always"
        set service "ALL"
    next
end
config router static
    edit 1
        set gateway 203.0.113.1
        set device "wan1"
    next
end
"""
PFSENSE = """<?xml version="1.0"?>
<pfsense>
<version>21.5</version>
<system><hostname>pf</hostname></system>
<interfaces>
<wan><if>em0</if><enable/><ipaddr>203.0.113.2</ipaddr><subnet>24</subnet></wan>
<lan><if>em1</if><enable/><ipaddr>10.0.0.1</ipaddr><subnet>24</subnet></lan>
</interfaces>
<filter>
<rule><type>pass</type><interface>wan</interface><source><any/></source><destination><any/></destination></rule>
</filter>
</pfsense>
"""
AWPLUS = """!
service password-encryption
!
hostname ar
!
no service telnet
ssh server allow-users manager
!
atmf network-name clinic
!
interface vlan1
 ip address 10.0.0.1/24
!
end
"""


def complete(text: str) -> set[str]:
    parsed = parse(redact(text.encode()).data, Context(KIND, seen=NOW, received=NOW, file_name="x.conf"))
    return {look.table for look in parsed.looks if look.complete}


@pytest.mark.parametrize(
    ("whole", "cut"),
    [
        pytest.param(FORTI, FORTI.partition("config firewall policy")[0], id="before the rules"),
        pytest.param(FORTI, FORTI.partition("    edit 2")[0], id="between two rules"),
        pytest.param(FORTI, FORTI.partition("config router")[0].removesuffix("end\n"), id="an open table"),
        pytest.param(PFSENSE, PFSENSE.partition("<filter>")[0], id="config.xml before the rules"),
        pytest.param(PFSENSE, PFSENSE.partition("<lan>")[0], id="config.xml in the interfaces"),
        pytest.param(AWPLUS, AWPLUS.partition("interface")[0], id="AlliedWare Plus"),
    ],
)
def test_what_is_cut_off_is_unknown(whole: str, cut: str) -> None:
    told = {"device_chains", "device_rules", "device_interfaces"}
    assert told <= complete(whole)
    assert "device_rules" not in complete(cut)
    assert not {"device_accounts", "device_vpns", "device_routes"} & complete(cut) or HEADER in cut


@pytest.mark.parametrize("cut", [FORTI.partition("    edit 2")[0], FORTI.partition('    edit "lan"')[0]])
def test_no_table_of_a_file_that_ends_inside_one_is_complete(cut: str) -> None:
    assert complete(cut) <= {"device_facts", "device_unread"}
