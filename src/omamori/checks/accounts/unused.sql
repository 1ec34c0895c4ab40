/*---
title: {ja: 半年使われていないアカウントが生きている, en: Accounts unused for half a year still open}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 退職者や前の業者のアカウントは、持ち主が気付かないので悪用されやすい入口です。
  en: Nobody notices when the account of somebody who left is used.
message:
  ja: "{asset}: アカウント {account} の最後のログインは {last} です"
  en: "{asset}: the last login of {account} was {last}"
fix:
  cost: none
  ja: 持ち主に確かめ、要らなければまず無効にし、困る人がいなければ消してください。
  en: Ask the owner; lock it first, and delete it when nobody misses it.
  run: sudo usermod -L -e 1 NAME
ask:
  ja: このアカウントの持ち主と、無効にしてよいかを確認してください。
  en: Ask whose account it is and whether it may be locked.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    accounts:
      - {asset: ehr, name: sato, enabled: true, system: false, administrator: false, last_login: "2025-08-03 23:59:59", password_changed: 2020-01-01}
      - {asset: ehr, name: never, enabled: true, system: false, administrator: false, password_changed: 2025-08-03}
      - {asset: bsd, name: sato, enabled: true, system: false, administrator: false, password_changed: 2020-01-01}
    fails: [[ehr, never], [ehr, sato]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    accounts:
      - {asset: ehr, name: sato, enabled: true, system: false, administrator: false, last_login: "2025-08-04 00:00:00", password_changed: 2020-01-01}
      - {asset: ehr, name: new, enabled: true, system: false, administrator: false, password_changed: 2025-08-04}
      - {asset: ehr, name: locked, enabled: false, system: false, administrator: false, password_changed: 2020-01-01}
      - {asset: ehr, name: daemon, enabled: true, system: true, administrator: false, password_changed: 2020-01-01}
      - {asset: ehr, name: root, enabled: true, system: false, administrator: true, password_changed: 2020-01-01}
---*/
select asset, name as account, last_login as last, evidence
from accounts
where enabled and not system and not administrator
  and greatest(coalesce(last_login, timestamp '1970-01-01'), cast(password_changed as timestamp)) < $now - interval 180 days
