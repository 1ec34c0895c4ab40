/*---
title: {ja: 遠隔操作の規則が相手を限っていない, en: The rule for remote control names no addresses}
severity: medium
subject: asset
key: [asset, rule]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 公表された被害では、取引先や保守の回線から遠隔操作で入られました。相手を限るだけで、その道の多くが塞がります。
  en: In published incidents they came in by remote control from a partner's or vendor's line. Naming the addresses closes most of those ways.
message:
  ja: "{asset}: 規則「{rule}」がポート{port}をすべての相手に開けています"
  en: "{asset}: the rule “{rule}” opens port {port} to all addresses"
fix:
  cost: none
  ja: 踏み台や管理用PCのアドレスだけに絞ってください。
  en: Limit it to the jump server or the PCs of administrators.
  run: |
    netsh advfirewall firewall set rule group="Remote Desktop" new remoteip=10.1.0.50
ask:
  ja: 遠隔保守の接続元のアドレスを確認してください。
  en: Ask from which addresses maintenance connects.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    firewall_rules:
      - {asset: a, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: RDP}
      - {asset: a, decision: accept, protocol: tcp, port_first: 5800, port_last: 5900, rule_name: VNC}
      - {asset: a, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: limited, sources: 10.1.0.1}
      - {asset: a, decision: drop, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: blocked}
      - {asset: a, decision: accept, protocol: tcp, port_first: 80, port_last: 80, rule_name: web}
      - {asset: lx, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: RDP}
    fails: [[a, RDP], [a, VNC]]
  good:
    hosts: [{asset: a, platform: windows}]
    firewall_rules: [{asset: a, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: limited, sources: LocalSubnet}]
    passes: [a]
---*/
select asset, rule_name as rule, port_last as port, evidence
from firewall_rules
where decision = 'accept' and sources is null and port_last in (3389, 5900)
