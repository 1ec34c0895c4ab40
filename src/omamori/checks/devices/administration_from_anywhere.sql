/*---
title: {ja: 機器の管理が、院内のどこからでもできる, en: A device can be administered from anywhere inside}
severity: medium
subject: asset
key: [asset, protocol, interface]
scope: select asset from assets where configured
why:
  ja: どの端末からでも管理画面に届くと、一台に入られただけで、ネットワーク全体の守りを外されます。
  en: When every PC reaches the administration page, an intruder on one PC can take down the protection of the whole network.
message:
  ja: "{asset}: {protocol} の管理を、接続元を限らずに受け付けます(接続口 {interface})"
  en: "{asset}: {protocol} administration answers to any address (interface {interface})"
fix:
  cost: none
  ja: 管理に使う端末のIPアドレスだけに限ってください。どの機器にもある設定です。
  en: Limit it to the addresses of the PCs used for administration. Every device has a setting for it.
ask:
  ja: 管理の受け付けを、貴社と当院の管理端末のアドレスだけに限ってください。
  en: Please limit administration to the addresses of your and our administration PCs.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: gw, configured: true}, {asset: pc}]
    device_access:
      - {asset: fw, protocol: ssh, interface: lan, enabled: true}
      - {asset: fw, protocol: https, enabled: true, allowed_from: 10.1.0.5}
      - {asset: fw, protocol: telnet, interface: lan, enabled: false}
      - {asset: fw, protocol: ping, interface: lan, enabled: true}
      - {asset: gw, protocol: https, enabled: null}
      - {asset: pc, protocol: ssh, interface: lan, enabled: true}
    fails: [[fw, ssh, lan]]
    unknowns: [[gw, https, all]]
  good:
    assets: [{asset: fw, configured: true}]
    device_access: [{asset: fw, protocol: https, enabled: true, allowed_from: 10.1.0.5}]
---*/
select asset, protocol, coalesce(interface, 'all') as interface, case when enabled is null then 'to_confirm' end as unknown, evidence
from device_access
where coalesce(enabled, true) and allowed_from is null and protocol <> 'ping'
