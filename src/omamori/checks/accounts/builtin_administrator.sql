/*---
title: {ja: 組み込みのAdministratorが使える, en: The built-in Administrator is enabled}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and role = 'client'
why:
  ja: 名前が決まっているので最初に試され、間違えても締め出されません。端末ごとに使う必要はまずありません。
  en: Its name is known, so it is tried first, and wrong passwords do not lock it. Client PCs hardly ever need it.
message:
  ja: "{asset}: {account} が有効です"
  en: "{asset}: {account} is enabled"
fix:
  cost: none
  ja: 管理用のアカウントを別に作って試してから、無効にしてください。
  en: Make another account for administration, try it, then disable this one.
  run: |
    net user Administrator
    net user Administrator /active:no
ask:
  ja: 保守でAdministratorを使っているか、別のアカウントに替えられるかを確認してください。
  en: Ask whether maintenance uses it and can move to another account.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: lx, platform: linux, role: client}]
    accounts:
      - {asset: a, name: Kanri, uid: "S-1-5-21-1-2-3-500", enabled: true}
      - {asset: a, name: administrator, enabled: true}
      - {asset: a, name: tanaka, uid: "S-1-5-21-1-2-3-1500", enabled: true}
      - {asset: sv, name: Administrator, enabled: true}
      - {asset: lx, name: administrator, enabled: true}
    fails: [[a, Kanri], [a, administrator]]
  good:
    hosts: [{asset: a, platform: windows, role: client}]
    accounts: [{asset: a, name: Administrator, uid: "S-1-5-21-1-2-3-500", enabled: false}, {asset: a, name: tanaka, enabled: true}]
    passes: [a]
---*/
select asset, name as account, evidence
from accounts
where enabled and (ends_with(uid, '-500') or lower(name) = 'administrator')
