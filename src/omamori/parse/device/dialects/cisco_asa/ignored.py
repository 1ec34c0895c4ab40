"""Lines of an ASA's configuration that cannot change any answer, by an explicit list, and what the others concern."""

from __future__ import annotations

from omamori.parse.device.cisco.blocks import Statement

_NOTHING = frozenset(
    """
    : aaa aaa-server-group arp asdm auth-prompt auto-update banner boot cts call-home checkheaps class-map clear client-update clock compression configuration console
    command-alias community-list as-path coredump crashinfo cluster csd date-format ddns default-domain dhcp-client dhcp-network-scope dhcpd dhcprelay dns dns-group dns-group-map
    dns-guard domain-name duplex dynamic-filter eject email event exit fips fragment ftp ftp-map gdb hpm hw-module imap4s international-dial-prefix
    jumbo-frame keepout key key-chain ldap license license-server mac-list mac-address management-access management media media-termination memory mgcp-map mount mroute
    monitor-interface mtu mtu-policy multicast-routing no nac-policy names nop ntp pager parameters
    password-policy password-storage perfmon ping policy-list pim pop3s prefix-list
    priority-queue privilege
    prompt quit quota radius-common-pw regex resource rest-api rip route-map router scansafe serial service-policy service-pw session setup shun-time sip-map
    sla smtp-server smtps snmp-map snp sntp sunrpc-server sysopt tcp-map terminal threat-detection tftp-server time-range timeout timers tls-proxy track traffic-forward-cxsc
    traceroute unlimited upgrade-mp uauth url-block url-cache url-list user-alert user-identity user-statistics vpn vpnsetup vpnclient vpn-sessiondb wccp xlate zone-label
    description service license-udi ssl snmp policy-map-inspect app-agent aaa-common asp hostname domain boot-config crypto-engine nve ipv6 group-object sctp-map
    flow-export flow-offload inspection mode-config port-channel lacp lldp cdp object-network name-interval auto-config attribute trustpool smart-tunnel eigrp interface-policy
    anyconnect-essentials mschapv2 mdm-proxy hostscan saml onscreen-keyboard terminal-width bfd bfd-template lisp policy telemetry vxlan-port-channel isis firewall-mode
    """.split()  # noqa: SIM905
)
_ROUTES = ("policy-route", "vxlan", "zone", "reverse-route")


def says_nothing(one: Statement) -> bool:
    """Whether a line at the top of a configuration can change no answer."""
    word = one.word(0)
    if word == "ip":
        return one.word(1) in ("verify", "audit", "address")
    if word == "firewall":
        return one.word(1) not in ("transparent",)
    return word in _NOTHING


def concerns(one: Statement) -> str:
    """Return the table that depends on a line that was not understood."""
    return "device_routes" if one.word(0) in _ROUTES else "device_rules"
