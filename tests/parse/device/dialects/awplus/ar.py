"""A configuration of an AR-series router of ours, for the tests beside this file."""

CONFIG = """\
!
service password-encryption
hostname ar-clinic
no banner motd
username manager privilege 15 password 8 HIMITSUHASH
username vendor privilege 1 password HIMITSU
no service telnet
service ssh
service http
log host 172.16.1.7
log host 172.16.1.7 level notices
snmp-server
snmp-server community public ro 5
access-list 5 permit 172.16.1.0 0.0.0.255
access-list 3001 deny tcp any 172.16.1.0/24 eq 445
access-list hardware guests
 10 permit ip host 172.16.9.5 any
 20 deny ip any 172.16.0.0 0.0.255.255
crypto isakmp key HIMITSU address 198.51.100.30
!
zone private
 network lan
  ip subnet 172.16.1.0/24
  ip subnet 172.16.2.0/24
  host web
   ip address 172.16.1.80
!
zone public
 network wan
  ip subnet 0.0.0.0/0 interface eth1
  host self
   ip address 203.0.113.2
  host line
   ip address dynamic interface eth1
!
application records
 protocol tcp
 dport 8080 to 8090
!
firewall
 rule 20 permit https from public to private.lan.web log
 rule 10 permit any from private to public
 rule 30 deny records from public to private
 rule 40 permit facebook from private to public
 rule 50 permit any from nowhere to private
 protect
!
nat
 rule 10 masq any from private to public with src public.wan.self
 rule 20 portfwd http from public to public.wan.self with dst private.lan.web dport 8080
 rule 30 portfwd ssh from public with dst private.lan.web
 rule 40 netmap any from private to public
 enable
!
vlan database
 vlan 2 name office
!
interface port1.0.1-port1.0.2
 switchport
 switchport mode access
 switchport access vlan 2
!
interface port1.0.1
 access-group 3001
 access-group guests
!
interface eth1
 description line of the provider
 ip address 203.0.113.2/29
!
interface vlan1
 ip address 172.16.1.1/24
!
interface vlan2
 ip address 172.16.2.1 255.255.255.0
 shutdown
!
interface tunnel0
 tunnel source eth1
 tunnel destination 198.51.100.30
 tunnel protection ipsec
 tunnel mode ipsec ipv4
 ip address 172.16.254.1/30
!
ip route 0.0.0.0/0 203.0.113.1
ip route 10.0.0.0/8 tunnel0 5
ip route 10.66.0.0/16 Null
ip odd thing
line vty 0 4
!
end
"""
