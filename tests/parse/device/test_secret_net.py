"""Passwords where no command of a maker announces them, and commands behind what a pager left."""

from __future__ import annotations

import pytest

from omamori.parse.device.config import redact
from omamori.parse.device.secret_net import caught

BACK = "--More--" + "\b" * 8 + " " * 8 + "\b" * 8
FORTI = '#config-version=FGT60F-7.2.5-FW-build1517-230606:opmode=0:vdom=0:user=admin\nconfig system global\n    set hostname "fw"\nend\n'
IOS = "version 15.4\nhostname r1\n!\ninterface GigabitEthernet0/0\n ip address 10.0.0.1 255.255.255.0\n!\nline vty 0 4\n login\n!\n"
IX = (
    "! NEC Portable Internetwork Core Operating System Software\n! IX Series IX2207 (magellan-sec) Software, Version 10.2.16\nhostname ix\n"
)
YAMAHA = "# RTX1210 Rev.14.01.41 (Fri Jan 22 2021)\nip lan1 address 192.168.100.1/24\n"
PFSENSE = '<?xml version="1.0"?>\n<pfsense>\n<version>21.5</version>\n<system><hostname>pf</hostname></system>\n'


@pytest.mark.parametrize(
    "line",
    [
        "description uplink, password Hina6Matsuri do not touch",
        "The password is Hina6Matsuri",
        "remark pw Hina6Matsuri",
        " bind authenticate root-dn cn=x password 7 Hina6Matsuri",
        ' set comments "secret password: Hina6Matsuri"',
        f"{BACK} username a password Hina6Matsuri",
    ],
)
def test_what_is_announced_as_a_secret_goes(line: str) -> None:
    clean = caught(line)
    assert "Hina6Matsuri" not in clean
    assert "[secret: password, set]" in clean
    assert caught(clean) == clean


@pytest.mark.parametrize(
    "line",
    [
        "service password-encryption",
        "password encryption aes",
        "security passwords min-length 8",
        '        set name "Allow password portal"',
        "        set passwd [secret: password, reversible]",
        " authentication pre-share",
        "ip address 10.0.0.1 255.255.255.0",
        "enable secret 5 [secret: password, set]",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert caught(line) == line


@pytest.mark.parametrize("marks", [BACK, "\x1b[K", "\x1b[7m--More--\x1b[m\b\b\b\b\b\b\b\b"])
@pytest.mark.parametrize(
    ("head", "command"),
    [
        (FORTI, "config user local\nedit v\n{}        set passwd Hina6Matsuri\nnext\nend"),
        (FORTI, "config system snmp community\nedit 1\n{}        set name Hina6Matsuri\nnext\nend"),
        (IOS, "{}snmp-server community Hina6Matsuri RO"),
        (IX, "{}snmp-agent ip community Hina6Matsuri ro"),
        (YAMAHA, "{}snmp community read-only Hina6Matsuri"),
        (YAMAHA, "{} pp auth myname user@isp.example Hina6Matsuri"),
    ],
)
def test_the_marks_of_a_pager_hide_no_secret(head: str, command: str, marks: str) -> None:
    done = redact((head + command.format(marks) + "\n").encode())
    assert b"Hina6Matsuri" not in done.data
    assert done.secrets == 1


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (IX, "enable-password plain Hina6Matsuri"),
        (IX, "ike policy p peer any key hex Hina6Matsuri q"),
        (IX, "ikev2 authentication psk id keyid foo key hexadecimal Hina6Matsuri"),
        (IX, "radius host ip 10.0.0.1 key 1 Hina6Matsuri"),
        (IX, "l2tp authentication Hina6Matsuri"),
        (IOS, " group g key Hina6Matsuri"),
        (IOS, " ip nhrp authentication Hina6Matsuri"),
        (IOS, " lte sim authenticate 0 Hina6Matsuri slot 0"),
        (YAMAHA, "mobile pin code usb1 Hina6Matsuri"),
        (YAMAHA, "external-memory config filename usb1:config.txt Hina6Matsuri"),
        (FORTI, "config user fortitoken\nedit f\nset activation-code Hina6Matsuri\nnext\nend"),
        (PFSENSE, "<notifications><telegram><api>Hina6Matsuri</api></telegram></notifications>"),
        (PFSENSE, "<squidauth><ldap_pass>Hina6Matsuri</ldap_pass></squidauth>"),
        (PFSENSE, "<ipsec><phase1><private-key>Hina6Matsuri</private-key></phase1></ipsec>"),
        (PFSENSE, "<acme><accountkey>Hina6Matsuri</accountkey></acme>"),
    ],
)
def test_commands_that_were_missed(head: str, line: str) -> None:
    done = redact(f"{head}{line}\n".encode())
    assert b"Hina6Matsuri" not in done.data


def test_names_others_point_at_and_settings_of_a_package_stay() -> None:
    data = (
        PFSENSE + "<z><usekey>1</usekey><authorizedkey_pass>yes</authorizedkey_pass><type>pass</type><pubkey>abc</pubkey></z>\n"
    ).encode()
    assert redact(data).data == data
