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
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: lx, platform: linux}]
    firewall_rules:
      - {asset: a, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: RDP}
      - {asset: a, decision: accept, protocol: tcp, port_first: 5800, port_last: 5900, rule_name: VNC}
      - {asset: a, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: limited, sources: 10.1.0.1}
      - {asset: a, decision: drop, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: blocked}
      - {asset: a, decision: accept, protocol: tcp, port_first: 80, port_last: 80, rule_name: web}
      - {asset: lx, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: RDP}
      - {asset: c, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: RDP}
      - {asset: d, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: RDP}
    firewall_profiles:
      - {asset: c, product: ESET, profile: all, enabled: true, managed_by: ESET}
      - {asset: d, product: ESET, profile: all, enabled: false, managed_by: ESET}
    fails: [[a, RDP], [a, VNC], [d, RDP]]
    unknowns: [[c, RDP]]
  good:
    hosts: [{asset: a, platform: windows}]
    firewall_rules: [{asset: a, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, rule_name: limited, sources: LocalSubnet}]
    passes: [a]
---*/
select r.asset, r.rule_name as rule, r.port_last as port, if(m.managed_by is null, null, 'managed_elsewhere') as unknown, r.evidence
from firewall_rules r
left join (select asset, min(managed_by) as managed_by from firewall_profiles where enabled group by asset) m on m.asset = r.asset
where r.decision = 'accept' and r.sources is null and r.port_last in (3389, 5900)
