"""An IX configuration of ours, for the tests beside this file."""

CONFIG = """\
! NEC Portable Internetwork Core Operating System Software
! IX Series IX2215 (magellan-sec) Software, Version 10.11.6, RELEASE SOFTWARE
! Compiled Mar 06-Wed-2024 17:03:09 JST #2
hostname gw-clinic
!
username admin password hash HIMITSU0@ administrator
username watch password plain 1 HIMITSU monitor
!
syslog function all warn
syslog ip enable
syslog ip host 192.168.10.7
logging buffered 131072 cyclic
logging subsystem all warn
!
ip ufs-cache enable
ip route default GigaEthernet0.1
ip route 10.9.0.0/16 192.168.10.254 distance 5
ip route 10.10.0.0/16 Tunnel0.0
ip access-list trigger permit tcp src 192.168.10.0/24 sport any dest any dport eq 443
ip access-list dynamic wayout access trigger
ip access-list wayin permit udp src 198.51.100.20/32 sport any dest any dport eq 500
ip access-list wayin permit icmp type 8
ip access-list wayin deny tcp src any sport any dest 203.0.113.9/32 dport range 1 1023
ip access-list office permit ip src 192.168.10.0/24 dest any
ip access-list all permit ip src any dest any
!
ike proposal p1 encryption aes-256 hash sha group 1024-bit
ike policy site peer 198.51.100.20 key HIMITSU p1
ipsec autokey-proposal p2 esp-aes-256 esp-sha
ipsec autokey-map sitemap all peer 198.51.100.20 p2
ipsec local-id sitemap 192.168.10.0/24
ipsec remote-id sitemap 10.10.0.0/16
!
ssh-server ip access-list office
ssh-server ip enable
telnet-server ip enable
snmp-agent ip enable
snmp-agent ip community public office
!
ppp profile provider
  authentication myname clinic@example.jp
  authentication password clinic@example.jp HIMITSU
!
device GigaEthernet0
!
interface GigaEthernet0.0
  no ip address
  shutdown
!
interface GigaEthernet1.0
  description ward LAN
  ip address 192.168.10.1/24
  ip filter office 20 in
  ip filter wayout 10 in
  ip filter nowhere 5 out
  no shutdown
!
interface GigaEthernet1.1
  encapsulation dot1q 30 tpid 8100
  ip address 192.168.30.1/24
  bridge-group 3
  no shutdown
!
interface GigaEthernet0.1
  encapsulation pppoe
  auto-connect
  ppp binding provider
  ip address ipcp
  ip napt enable
  ip napt static GigaEthernet0.1 udp 500
  ip napt static GigaEthernet0.1 50
  ip napt service web 192.168.10.80 8080 tcp 80
  ip filter wayin 1 in
  ip odd thing
  no shutdown
!
interface Tunnel0.0
  tunnel mode ipsec
  ip unnumbered GigaEthernet1.0
  ipsec policy tunnel sitemap out
  no shutdown
"""
