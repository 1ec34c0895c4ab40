/*---
title: {ja: VPNの入口が、どのアドレスからでも開ける, en: A door for VPN can be opened from any address}
severity: high
subject: asset
key: [asset, name]
scope: select asset from assets where configured or forwards
why:
  ja: 接続元を限らないVPNの入口は、世界中から毎日試されます。弱点が見つかれば、その日のうちに使われます。
  en: A VPN door open to any address is tried from all over the world every day, and a new flaw is used within hours.
message:
  ja: "{asset}: {kind} の入口「{name}」は、どのアドレスからでも開けます"
  en: "{asset}: the {kind} door {name} can be opened from any address"
fix:
  cost: none
  ja: 業者の固定IPアドレスだけに限ってください。使わない入口は無効にします。
  en: Limit it to the fixed addresses of the vendors. Disable doors nobody uses.
ask:
  ja: 接続元を貴社の固定IPだけに限ってください。固定IPを教えてください。
  en: Please limit the door to your fixed addresses, and tell us which they are.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: gw, forwards: true}, {asset: pc}]
    device_vpns:
      - {asset: fw, name: door, kind: ssl-vpn, dial_in: true, enabled: true}
      - {asset: fw, name: vendor, kind: l2tp, dial_in: true, enabled: true, allowed_from: 198.51.100.7}
      - {asset: fw, name: stopped, kind: ssl-vpn, dial_in: true, enabled: false}
      - {asset: fw, name: site, kind: ipsec, dial_in: false, enabled: true}
      - {asset: gw, name: door, kind: ssl-vpn, dial_in: true, enabled: null}
      - {asset: gw, name: odd, kind: ipsec, dial_in: null, enabled: true}
      - {asset: pc, name: door, kind: ssl-vpn, dial_in: true, enabled: true}
    fails: [[fw, door]]
    unknowns: [[gw, door]]
  good:
    assets: [{asset: fw, configured: true}]
    device_vpns: [{asset: fw, name: vendor, kind: l2tp, dial_in: true, enabled: true, allowed_from: 198.51.100.7}]
---*/
select asset, name, kind, case when enabled is null then 'to_confirm' end as unknown, evidence
from device_vpns
where dial_in and coalesce(enabled, true) and allowed_from is null
