/*---
title:
  ja: サーバのアドレスが自動割り当て
  en: A server gets its address by DHCP
severity: low
subject: asset
key: [asset, name]
scope: select asset from assets where role = 'server'
why:
  ja: 割り当てが変わるか止まると、端末から見つからなくなります。偽の割り当てで通信を曲げることもできます。
  en: When the address changes, or nobody gives one, its clients lose it; a false one bends its traffic.
message:
  ja: "{asset}: {name} のアドレス {address} は自動割り当てです"
  en: "{asset}: the address {address} of {name} came by DHCP"
fix:
  cost: none
  ja: 固定アドレスにするか、DHCPサーバで予約してください。台帳にも記入してください。
  en: Give it a fixed address or reserve one on the DHCP server; write it into the ledger.
ask:
  ja: 固定アドレスにできるかを確認してください。
  en: Ask whether it can have a fixed address.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, role: server}, {asset: pc, role: client}]
    interfaces: [{asset: a, name: eth0, address: 10.1.0.11, dhcp: true}, {asset: pc, name: eth0, dhcp: true}]
    fails: [[a, eth0]]
  good:
    hosts: [{asset: a, role: server}]
    interfaces: [{asset: a, name: eth0, dhcp: false}, {asset: a, name: eth1}]
    passes: [a]
---*/
select asset, name, address, evidence
from interfaces
where dhcp
