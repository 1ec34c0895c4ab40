/*---
title: {ja: 機器の管理画面が院外に開いている, en: A device can be administered from outside}
severity: critical
subject: asset
key: [asset, protocol, interface]
scope: select asset from assets where configured
why:
  ja: 外に面した管理画面は、一つの弱点や一つのパスワードで機器全体を渡すことになります。
  en: An administration page that faces the outside hands over the whole device for one flaw or one password.
message:
  ja: "{asset}: 外に面した {interface} で、どこからでも {protocol} の管理を受け付けます"
  en: "{asset}: {protocol} administration answers to anybody on {interface}, which faces outside"
fix:
  cost: none
  ja: 外に面した接続口の管理を無効にし、院内の決めた一台からだけにするよう、業者に依頼してください。
  en: Have administration switched off on the interface that faces outside, and allowed from one machine inside only.
ask:
  ja: 外に面した接続口で管理の受け付けを止めてください。遠隔で保守する必要があれば、貴社の固定IPだけに限ってください。
  en: Please stop administration on the interface that faces outside. Where you need it, restrict it to your fixed addresses.
equivalent:
  "join entries as e -> left": an interface that is no way in has no value in e.method
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: gw, configured: true}, {asset: pc}]
    device_access:
      - {asset: fw, protocol: https, interface: wan1, enabled: true}
      - {asset: fw, protocol: ssh, interface: wan1, enabled: true, allowed_from: 198.51.100.7}
      - {asset: fw, protocol: ssh, interface: lan, enabled: true}
      - {asset: fw, protocol: telnet, interface: wan1, enabled: false}
      - {asset: fw, protocol: ping, interface: wan1, enabled: true}
      - {asset: fw, protocol: http, enabled: true}
      - {asset: gw, protocol: https, interface: lte, enabled: null}
      - {asset: pc, protocol: https, interface: wan1, enabled: true}
    entries:
      - {asset: fw, entry: fw wan1, device: fw, interface: wan1, method: interface}
      - {asset: fw, entry: fw vpn, device: fw, interface: lan, method: ipsec}
      - {asset: gw, entry: gw lte, device: gw, interface: lte, method: interface}
      - {asset: pc, entry: pc wan1, device: pc, interface: wan1, method: interface}
    fails: [[fw, https, wan1], [fw, http, wan1]]
    unknowns: [[gw, https, lte]]
  good:
    assets: [{asset: fw, configured: true}]
    device_access: [{asset: fw, protocol: ssh, interface: wan1, enabled: true, allowed_from: 198.51.100.7}]
    entries: [{asset: fw, entry: fw wan1, device: fw, interface: wan1, method: interface}]
---*/
select a.asset, a.protocol, e.interface, case when a.enabled is null then 'to_confirm' end as unknown, a.evidence
from device_access a join entries e on e.asset = a.asset
where coalesce(a.enabled, true) and a.allowed_from is null and a.protocol <> 'ping'
    and e.method = 'interface' and e.interface = coalesce(a.interface, e.interface)
