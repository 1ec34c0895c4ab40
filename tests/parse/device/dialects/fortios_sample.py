"""A configuration of a FortiGate written for the tests, with what the maker's guides say of each line."""

from datetime import datetime

from omamori.parse.device.config import parse, redact
from omamori.parse.interface import Context

MOMENT = datetime(2026, 1, 1)

SAMPLE = """\
#config-version=FGT60F-6.4.5-FW-build1828-210217:opmode=0:vdom=0:user=admin
#conf_file_ver=123
config system global
    set admin-sport 8443
    set hostname "vpn-maint"
    set timezone 60
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 203.0.113.2 255.255.255.248
        set allowaccess ping https ssh
        set type physical
        set role wan
        set alias "Maintenance line"
    next
    edit "internal"
        set vdom "root"
        set ip 10.10.0.1 255.255.255.0
        set allowaccess https ssh
        set type hard-switch
        set role lan
    next
    edit "ehr"
        set vdom "root"
        set ip 10.20.0.1 255.255.255.0
        set interface "internal"
        set vlanid 20
    next
    edit "wan2"
        set vdom "root"
        set mode pppoe
        set username "line@isp.example"
        set password ENC AAAAsecretpppoe1234567890==
        set type physical
        set role wan
    next
    edit "to-lab"
        set vdom "root"
        set type tunnel
        set interface "wan1"
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
        set vdom "root"
    next
    edit "vendor"
        set trusthost1 10.10.0.0 255.255.255.0
        set accprofile "super_admin"
        set vdom "root"
        set password ENC SH2zzzzHashOfVendor+abcdefgh=
    next
end
config system snmp sysinfo
    set status enable
end
config system snmp community
    edit 1
        set name "public"
        config hosts
            edit 1
                set ip 10.10.0.9 255.255.255.255
            next
        end
    next
end
config firewall address
    edit "all"
    next
    edit "lan"
        set subnet 10.10.0.0 255.255.255.0
    next
    edit "ehr-servers"
        set type iprange
        set start-ip 10.20.0.10
        set end-ip 10.20.0.19
    next
    edit "updates"
        set type fqdn
        set fqdn "update.example.jp"
    next
    edit "pool"
        set type iprange
        set start-ip 10.212.134.200
        set end-ip 10.212.134.210
    next
end
config firewall addrgrp
    edit "mixed"
        set member "ehr-servers" "updates"
    next
end
config firewall service custom
    edit "HTTPS"
        set tcp-portrange 443
    next
    edit "ALL"
        set protocol IP
    next
    edit "MAINT"
        set tcp-portrange 5900-5903:1024-65535 22
        set udp-portrange 161
    next
end
config firewall vip
    edit "pacs-web"
        set extip 203.0.113.3
        set extintf "wan1"
        set portforward enable
        set mappedip "10.20.0.30"
        set extport 8443
        set mappedport 443
    next
    edit "unused"
        set extip 203.0.113.4
        set extintf "any"
        set mappedip "10.20.0.31"
    next
end
config user local
    edit "tech1"
        set type password
        set passwd ENC BBBBsecrettech1234567890==
    next
    edit "tech2"
        set type password
        set two-factor fortitoken
        set passwd "plain-tech2-word"
    next
end
config user group
    edit "vendors"
        set member "tech1" "tech2"
    next
end
config vpn ssl settings
    set servercert "Fortinet_Factory"
    set tunnel-ip-pools "pool"
    set port 10443
    set source-interface "wan1"
    set source-address "all"
    set default-portal "full-access"
    config authentication-rule
        edit 1
            set groups "vendors"
            set portal "full-access"
        next
    end
end
config vpn ipsec phase1-interface
    edit "to-lab"
        set interface "wan1"
        set peertype any
        set proposal aes128-sha1
        set dhgrp 2
        set remote-gw 198.51.100.7
        set psksecret ENC CCCCsecretpsk1234567890==
    next
end
config vpn ipsec phase2-interface
    edit "to-lab-2"
        set phase1name "to-lab"
        set src-subnet 10.20.0.0 255.255.255.0
        set dst-subnet 172.20.0.0 255.255.0.0
    next
end
config vpn certificate local
    edit "Own"
        set password ENC DDDDsecretcert1234567890==
        set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----
MIIfakefakefakefakefakefakefakefakefake
AAAAfakefakefakefakefakefakefakefakefake
-----END ENCRYPTED PRIVATE KEY-----"
        set certificate "-----BEGIN CERTIFICATE-----
MIIpublicpublicpublic
-----END CERTIFICATE-----"
    next
end
config firewall policy
    edit 7
        set name "SSL to EHR"
        set srcintf "ssl.root"
        set dstintf "ehr"
        set action accept
        set srcaddr "pool"
        set dstaddr "mixed"
        set schedule "always"
        set service "MAINT"
        set groups "vendors"
        set logtraffic all
    next
    edit 3
        set name "PACS from outside"
        set srcintf "wan1"
        set dstintf "ehr"
        set action accept
        set srcaddr "all"
        set dstaddr "pacs-web"
        set schedule "always"
        set service "ALL"
    next
    edit 4
        set srcintf "internal"
        set dstintf "wan1" "wan2"
        set srcaddr "lan"
        set srcaddr-negate enable
        set dstaddr "all"
        set schedule "always"
        set service "ALL"
        set status disable
    next
    edit 5
        set srcintf "internal"
        set dstintf "wan1"
        set action accept
        set srcaddr "lan"
        set dstaddr "all"
        set schedule "always"
        set service "HTTPS" "DNS"
        set av-profile "default"
        set nat enable
    next
end
config log syslogd setting
    set status enable
    set server "10.10.0.5"
end
config log memory filter
    set severity information
end
config router static
    edit 1
        set gateway 203.0.113.1
        set device "wan1"
    next
    edit 2
        set dst 172.20.0.0 255.255.0.0
        set device "to-lab"
    next
    edit 3
        set dst 172.20.0.0 255.255.0.0
        set distance 254
        set blackhole enable
    next
end
"""
SECRETS = (
    "AAAAsecretpppoe1234567890", "SH2zzzzHashOfVendor", "BBBBsecrettech1234567890", "plain-tech2-word", "CCCCsecretpsk1234567890",
    "DDDDsecretcert1234567890", "MIIfakefake", "AAAAfakefake", '"public"',
)  # fmt: skip


def context() -> Context:
    return Context("device.config", MOMENT, MOMENT)


def rows(text: str, *, clean: bool = True) -> dict[str, list]:
    """Return the rows of a configuration by the name of their class, after its secrets were taken out."""
    data = redact(text.encode()).data if clean else text.encode()
    found: dict[str, list] = {}
    for row in parse(data, context()).rows:
        found.setdefault(type(row).__name__, []).append(row)
    return found
