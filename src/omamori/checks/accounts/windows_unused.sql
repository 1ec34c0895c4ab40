/*---
title: {ja: 1年使われていないアカウントが生きている, en: Accounts unused for a year still open}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 退職者や前の業者のアカウントは、使われても持ち主が気付きません。
  en: Nobody notices when the account of somebody who left is used.
message:
  ja: "{asset}: {account} の最後のログオンは {last} です"
  en: "{asset}: the last logon of {account} was {last}"
fix:
  cost: none
  ja: 持ち主に確かめ、要らなければまず無効にし、困る人がいなければ消してください。
  en: Ask the owner; disable it first, and delete it when nobody misses it.
  run: |
    net user NAME
    net user NAME /active:no
ask:
  ja: このアカウントの持ち主と、無効にしてよいかを確認してください。
  en: Ask whose account it is and whether it may be disabled.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    accounts:
      - {asset: a, name: sato, enabled: true, last_login: "2025-01-30 23:59:59"}
      - {asset: a, name: shut, enabled: false, last_login: "2020-01-01 00:00:00"}
      - {asset: b, name: sato, enabled: true, last_login: "2025-01-31 00:00:00"}
      - {asset: lx, name: x, enabled: true, last_login: "2020-01-01 00:00:00"}
    fails: [[a, sato]]
  good:
    hosts: [{asset: a, platform: windows}]
    accounts: [{asset: a, name: sato, enabled: true, last_login: "2025-01-31 00:00:00"}]
    passes: [a]
---*/
select asset, name as account, last_login as last, evidence
from accounts
where enabled and last_login < $now - interval 365 days
