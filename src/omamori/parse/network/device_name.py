"""The device a file is named after, where nothing in the file names it."""

from __future__ import annotations

import re

from omamori.model.look import Problem

_WORDS = re.compile(
    r"(?:[-_. ]+(?:show|sh|get|display|diagnose|ip|ipv4|mac|macs|arp|fdb|dhcp|leases?|binding|address|addresses|table|list|print|console|"
    r"session|environment|version|running|startup|full|config|configuration|running-config|startup-config|logs?|txt|csv|output|hosts?|bridge|system|status|tech|techinfo|support|traffic|firewall|pfirewall|fw|syslog|messages|kern|kernel|iptables|"
    r"ulog|ulogd|dhcpd|dnsmasq|kea|leases[46]|dhcpsrvlog|mon|tue|wed|thu|fri|sat|sun|forward|memory|disk|arp表|mac表|macアドレス表|ログ|old|\d{1,2})(?=[-_. ]|$))+$",
    re.IGNORECASE,
)
_DATE = re.compile(r"^[ ]?\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:[-_T ]\d{4,6})?[-_ ]+|[-_ .]+\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:[-_T]\d{4,6})?$")
_NAME = re.compile(r"[^\W_][\w.-]{0,62}")


def device_of(file_name: str) -> str:
    """Return the device a file is named after (`SW2_show_mac.txt`: SW2); empty when it is named after the command only."""
    stem = re.split(r"[/\\:]", file_name)[-1].strip()
    stem = re.sub(r"\.(?:txt|log|csv|leases|json|out|cap|conf|cfg|config|xml)(?:\.\d{1,3})?$", "", stem, flags=re.IGNORECASE)
    name = _WORDS.sub("", " " + _DATE.sub("", stem)).strip(" -_.")
    found = _NAME.fullmatch(name.replace(" ", "-"))
    return found[0] if found else ""


def unnamed(name: str) -> tuple[Problem, ...]:
    """Tell that nothing names the device: its tables would stand beside those of the same device from another file."""
    if name:
        return ()
    return (
        Problem(
            1,
            "the device's name, which stands nowhere: name the file after it, as in SW2_arp.txt, or copy the prompt too",
            "装置の名前(どこにもありません。ファイル名を SW2_arp.txt のようにするか、プロンプトも一緒に保存してください)",
        ),
    )
