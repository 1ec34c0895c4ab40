"""Lines of Cisco configurations that cannot change any answer, by an explicit list.

They are about time, display, the switching of one network, the order of queues, routing protocols (whose results stand in the
routing table, not here) and the like. A check of the sender's address (`ip verify`) only drops what could not be answered anyway.
"""

from __future__ import annotations

from omamori.parse.device.cisco.blocks import Statement

_INTERFACE = frozenset(
    """
    arp bandwidth bfd bridge-group carrier-delay cdp channel-protocol clns clock delay dampening duplex eigrp encapsulation exit fair-queue
    flowcontrol h323-gateway half-duplex full-duplex hold-queue ipv6 isis keepalive l2protocol-tunnel lacp lldp load-interval logging
    mac-address max-reserved-bandwidth mdix media-type mls mpls mtu negotiation ntp nameif ospf ospfv3 pagp peer peer-group power priority-queue ppp
    pppoe qos queue-set rmon router routing serial service-module snmp spanning-tree speed srr-queue standby storm-control switchport trust
    tx-ring-limit udld vrrp vtp wrr-queue xconnect authentication auto aps backup cts dot1x device-tracking fabric glbp
    interface-description ip-address isdn link llq lane macsec mab medium metro bpdu neighbor no-keepalive physical-layer platform port-type pos
    private-vlan rep redundancy sdwan sonet source speed-duplex stack-mib subscriber synchronous trunk tunnel uc udp voice vlan-id vxlan weight
    asr backup-interface cable cable-length channel-group dialer dialer-group dot11 dsl-operating-mode e1 t1 fdl
    framing frame-relay group-range invert linecode line-termination loopback loss node ping pvc shape station-role access-session dualstack
    antenna broadcast-key ssid world-mode rts packet retries infrastructure-client dfs guard-interval beacon probe stbc async
    ptp ethernet affinity pulse-time transmit-interface random-detect traffic-shape rate-limit fcoe spanning-tree-portfast hsrp lre mka
    nmsp nat64 carrier ces compress crc crypto-engine history ipx appletalk decnet lat xns vines sntp mop tag-switching management multilink
    network-clock negotiate switch type version vpdn vrf-description shdsl controller bfd-template mode protocol alias dns
    """.split()  # noqa: SIM905
)
_INTERFACE_IP = frozenset(
    """
    authentication bandwidth-percent bgp broadcast-address cef cgmp dampening-change dhcp directed-broadcast dvmrp eigrp flow hello-interval
    helper-address hold-time icmp igmp irdp load-sharing local-proxy-arp mask-reply mfib mobile mroute-cache mrm mtu multicast nbar next-hop-self ospf pgm pim
    proxy-arp rarp-server redirects rgmp rip route-cache router rsvp rtp sap sdr security split-horizon summary-address tcp tcp-adjust
    unreachables urd verify virtual-reassembly wccp vrf arp admission ddns device nhrp broadcast tcp-header accounting domain host probe rtcp source attach probes
    flowspec nhrp-redirect name-server radius http sla rsvp-te information-reply mroute options port-unreachable bandwidth
    """.split()  # noqa: SIM905
)
_TOP = frozenset(
    """
    aaa-server alias allow-connections app archive arp asdm async boot boot-end-marker boot-start-marker bfd bfd-template bridge buffers busy-message
    call call-home card cdp chat-script class-map-qos clns clock cns config config-register configuration control-plane controller cts
    default-value define diagnostic dial-peer dialer-list disable-eadi dot1x dot11 dsp downward eap end errdisable ethernet event exception exit
    facility-alarm fabric fips flow flow-sampler frame-relay gatekeeper gateway global-address-family hardware hostname hw-module hw-switch i2c-errors
    ip-sla ipc iox isis isdn kron key l2 l2protocol lacp ldp license lldp locale logging-buffered login mac mac-address-table macro media-termination-address
    memory memory-size mls module monitor mpls mta multilink ndp netconf netconf-yang network-clock network-clock-participate network-clock-select no-vrf
    ntp nls onep openflow parameter-map parser paging passwd-policy password ping platform port-channel power ppp primer privilege process process-max-time prompt pseudowire-class
    qos redundancy resource-policy restconf rmon route-tag rtr sampler sccp scheduler scripting sdm security service session-limit session set setup shell site
    sflow sip sip-ua slb snasw snmp software sntp spanning-tree spd ssl stack-mac stackwise-virtual standby stcapp subscriber switch system
    table-map tcp template terminal terminal-queue tftp-server track transceiver transport-map trunk-group udld ssh stun sup-bootdisk upgrade
    username-policy version virtual-service vlan vmps voice voice-card vpc vstack vtp vty-async wcm wireless wism wlan wsma x25 xsd xmpp x29 yang
    vrf zone-mode tacacs-policy transport utilities bba-group policy diameter mediatrace performance psp ucm mmi-threshold nat64 ap access-session
    device-tracking service-template service-routing autonomic banner cable crypto-policy cwmp dspfarm enable-acl ephone ephone-dn esmc fan
    gw-accounting hub-mac identity interface-range ipv4 lane l3vpn lat line-card location macsec menu mgcp mka mobility mode mop netflow
    object-tracking openflow-policy partition phone port-security prefix-list rep rtp scp sdlc shutdown-policy snmp-view source-bridge stack-power
    subscription sysname telephony-service testing trunk tunnel tvrouting umbrella vines vlan-range vrrp vxlan wccp xconnect
    description exit-address-family exit-vrf address-family remark quit scada enable-policy license-udi mgmt nmsp ptp rsvp dss nve vxml vlt videoconf
    """.split()  # noqa: SIM905
)
_TOP_IP = frozenset(
    """
    accounting-list accounting-threshold accounting-transits admission alias arp as-path auth-proxy bgp bgp-community bootp bootp-server cache-invalidate-delay cef
    classless community-list ddns device dhcp dhcp-server dns domain domain-list domain-lookup domain-name drp dvmrp explicit-path extcommunity-list
    finger flow flow-cache flow-capture flow-export flow-top-talkers forward-protocol ftp gratuitous-arps gdoi host host-routing hostname-aging icmp identd igmp irdp
    kerberos large-community-list load-sharing local-policy mfib mobile mroute msdp multicast multicast-routing name-server nbar options ospf pgm pim port-map prefix-list radius
    rcmd reflexive-list rip routing rsvp rtcp sap scp sdr security sla slb source source-route spd ssh subnet-zero tacacs tcp telnet
    tftp traffic-export trigger-authentication urlfilter virtual-reassembly vrf wccp resilient routing protocol name nhrp cgmp
    audit ips sctp local-pool zone-default mpls access-list-logging sticky-arp dhcp-client
    """.split()  # noqa: SIM905
)
_IP_UNSURE = frozenset({"local", "default-network", "access-list"})


def interface_says_nothing(one: Statement) -> bool:
    """Whether a line under an interface of IOS can change no answer."""
    word, next_ = one.word(0), one.word(1)
    if word in ("no", "default"):
        return True  # what is switched off does nothing; addresses and shutdown were read before
    if word == "ip":
        return next_ in _INTERFACE_IP or (next_ == "nat" and one.word(2) in ("create", "flow-entries")) or next_ in ("access-group-common",)
    if word == "service-policy":
        return one.word(1) in ("input", "output", "history")  # queues; a policy that drops is told where it is defined
    return word in _INTERFACE


def top_says_nothing(one: Statement) -> bool:
    """Whether a line at the top of a configuration of IOS can change no answer."""
    word = one.word(0)
    if word in ("no", "default"):
        return True
    if word == "ip":
        return one.word(1) in _TOP_IP
    return word in _TOP or word == "ipv6"
