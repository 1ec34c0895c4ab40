/*---
title: {ja: 半年使われていないVPNのアカウント, en: A VPN account nobody has used for half a year}
severity: medium
subject: asset
key: [asset, name]
scope: select asset from assets where configured
why:
  ja: 使われないアカウントは、辞めた人や終わった契約のものです。盗まれても誰も気付きません。
  en: An account nobody uses belongs to somebody who left or a contract that ended. Nobody notices when it is stolen.
message:
  ja: "{asset}: VPNのアカウント「{name}」が半年の間使われていません"
  en: "{asset}: the VPN account {name} was not used for half a year"
fix:
  cost: none
  ja: 誰のアカウントかを業者に聞き、要らなければ消してください。
  en: Ask the vendor whose it is, and delete it when nobody needs it.
ask:
  ja: このVPNのアカウントを使う人と頻度を教えてください。使わなければ消してください。
  en: Who uses this VPN account and how often? Please delete it when nobody does.
examples:
  now: 2026-07-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: new, configured: true}, {asset: pc}]
    device_accounts:
      - {asset: fw, name: old, kind: vpn-user, enabled: true}
      - {asset: fw, name: tried, kind: vpn-user, enabled: null}
      - {asset: fw, name: used, kind: vpn-user, enabled: true}
      - {asset: fw, name: stopped, kind: vpn-user, enabled: false}
      - {asset: fw, name: admin, kind: administrator, enabled: true}
      - {asset: new, name: old, kind: vpn-user, enabled: true}
      - {asset: pc, name: old, kind: vpn-user, enabled: true}
    sessions:
      - {asset: fw, account: other, began: "2026-01-31 23:00:00", accepted: true}
      - {asset: fw, account: old, began: "2026-01-31 23:00:00", accepted: true}
      - {asset: fw, account: tried, began: 2026-07-01, accepted: false}
      - {asset: fw, account: used, began: 2026-02-01, accepted: true}
      - {asset: new, account: other, began: 2026-02-01, accepted: true}
      - {asset: pc, account: other, began: 2025-01-01, accepted: true}
    fails: [[fw, old], [fw, tried]]
    passes: [new]
  good:
    assets: [{asset: fw, configured: true}]
    device_accounts: [{asset: fw, name: used, kind: vpn-user, enabled: true}]
    sessions:
      - {asset: fw, account: used, began: 2025-12-01, accepted: true}
      - {asset: fw, account: used, began: 2026-02-01, accepted: true}
---*/
select a.asset, a.name, a.evidence
from device_accounts a
where a.kind = 'vpn-user' and coalesce(a.enabled, true)
    and exists (select 1 from sessions e where e.asset = a.asset and e.began < $now - interval 180 days)
    and not exists (
        select 1 from sessions s
        where s.asset = a.asset and s.account = a.name and s.accepted and s.began >= $now - interval 180 days
    )
