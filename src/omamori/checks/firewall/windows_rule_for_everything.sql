/*---
title: {ja: 何でも通す受信の規則がある, en: An inbound rule lets everything in}
severity: high
subject: asset
key: [asset, rule]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 一つの規則がすべてのポートをすべての相手に開けています。ほかの規則を整えても意味がなくなります。
  en: One rule opens all ports to everybody. It makes every other rule pointless.
message:
  ja: "{asset}: 規則「{rule}」がすべてを許可しています"
  en: "{asset}: the rule “{rule}” allows everything"
fix:
  cost: none
  ja: 何のための規則かを確かめ、ポートと相手を絞ったものに置き換えてください。
  en: Find out what it is for, and replace it by one with ports and addresses.
  run: |
    netsh advfirewall firewall show rule name="NAME" verbose
    netsh advfirewall firewall set rule name="NAME" new enable=no
ask:
  ja: この規則が必要な通信の、ポートと相手を確認してください。
  en: Ask for the ports and peers it is needed for.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: lx, platform: linux}]
    firewall_rules:
      - {asset: a, product: windows-firewall, decision: accept, rule_name: ALL}
      - {asset: a, product: windows-firewall, decision: accept, rule_name: port, port_first: 80}
      - {asset: a, product: windows-firewall, decision: accept, rule_name: from, sources: 10.1.0.1}
      - {asset: a, product: windows-firewall, decision: accept, rule_name: program, program: 'C:\x.exe'}
      - {asset: a, product: windows-firewall, decision: accept, rule_name: icmp, protocol: icmp}
      - {asset: a, product: windows-firewall, decision: accept, rule_name: tcp, protocol: tcp}
      - {asset: a, product: windows-firewall, decision: accept, rule_name: cond, conditional: true}
      - {asset: a, product: windows-firewall, decision: drop, rule_name: drop}
      - {asset: b, product: nftables, decision: accept, rule_name: ALL}
      - {asset: lx, product: windows-firewall, decision: accept, rule_name: ALL}
      - {asset: c, product: windows-firewall, decision: accept, rule_name: ALL}
      - {asset: d, product: windows-firewall, decision: accept, rule_name: ALL}
    firewall_profiles:
      - {asset: c, product: ESET, profile: all, enabled: true, managed_by: ESET}
      - {asset: d, product: ESET, profile: all, enabled: false, managed_by: ESET}
    fails: [[a, ALL], [a, tcp], [d, ALL]]
    unknowns: [[c, ALL]]
  good:
    hosts: [{asset: a, platform: windows}]
    firewall_rules: [{asset: a, product: windows-firewall, decision: accept, rule_name: port, port_first: 80}]
    passes: [a]
---*/
select r.asset, r.rule_name as rule, if(m.managed_by is null, null, 'managed_elsewhere') as unknown, r.evidence
from firewall_rules r
left join (select asset, min(managed_by) as managed_by from firewall_profiles where enabled group by asset) m on m.asset = r.asset
where r.product = 'windows-firewall' and r.decision = 'accept' and r.port_first is null and r.sources is null and r.program is null and r.conditional is not true
  and (r.protocol is null or r.protocol in ('tcp', 'udp'))
