/*---
title: {ja: 機器のパスワードが初期値か空のまま, en: A device still has a default or empty password}
severity: critical
subject: asset
key: [asset, place]
scope: select asset from assets where configured
why:
  ja: 初期値のパスワードは説明書に載っています。攻撃する側は、最初にそれを試します。
  en: Default passwords stand in the manual, and are what is tried first.
message:
  ja: "{asset}: 「{place}」が {state} です"
  en: "{asset}: `{place}` is {state}"
fix:
  cost: none
  ja: 管理者、SNMP、VPNの鍵のうち該当するものを、長く、他と違うものに変えてください。
  en: Change it (administrator, SNMP, VPN key) to a long one that is used nowhere else.
ask:
  ja: この機器の初期値または空のパスワードを変えてください。変えた日を教えてください。
  en: Please change the default or empty password of this device, and tell us the day.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: pc}]
    device_secrets:
      - {asset: fw, place: snmp community, kind: community, state: default}
      - {asset: fw, place: console, kind: password, state: empty}
      - {asset: fw, place: key of tunnel 1, kind: key, state: plain}
      - {asset: pc, place: console, kind: password, state: empty}
    device_accounts:
      - {asset: fw, name: admin, kind: administrator, secret: default, enabled: true}
      - {asset: fw, name: "", kind: administrator, secret: empty, enabled: null}
      - {asset: fw, name: guest, kind: vpn-user, secret: empty, enabled: false}
      - {asset: fw, name: desk, kind: administrator, secret: hashed, enabled: true}
      - {asset: pc, name: admin, kind: administrator, secret: default, enabled: true}
    fails: [[fw, snmp community], [fw, console], [fw, administrator admin], [fw, "administrator "]]
  good:
    assets: [{asset: fw, configured: true}]
    device_secrets: [{asset: fw, place: key of tunnel 1, kind: key, state: hashed}]
    device_accounts: [{asset: fw, name: desk, kind: administrator, secret: hashed, enabled: true}]
---*/
select asset, place, state, evidence
from device_secrets
where state in ('default', 'empty')
union all
select asset, kind || ' ' || name as place, secret as state, evidence
from device_accounts
where secret in ('default', 'empty') and coalesce(enabled, true)
