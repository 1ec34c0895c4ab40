/*---
title: {ja: パスワードなしでよいアカウントがある, en: An account may have no password}
severity: high
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows'
why:
  ja: パスワードを空にできます。名前さえ分かれば入れるかもしれません。
  en: Its password may be empty. Whoever knows the name may be inside.
message:
  ja: "{asset}: {account} はパスワードが必須になっていません"
  en: "{asset}: {account} does not have to have a password"
fix:
  cost: none
  ja: パスワードを設定し、必須にしてください。使わないなら無効にします。
  en: Set a password and make it required; disable the account when nobody uses it.
  run: |
    net user NAME *
    net user NAME /passwordreq:yes
ask:
  ja: このアカウントの用途と、必須にしてよいかを確認してください。
  en: Ask what it is for and whether a password may be required.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    accounts:
      - {asset: a, name: scan, enabled: true, password_required: false}
      - {asset: a, name: shut, enabled: false, password_required: false}
      - {asset: b, name: scan, enabled: true, password_required: true}
      - {asset: lx, name: x, enabled: true, password_required: false}
    fails: [[a, scan]]
  good:
    hosts: [{asset: a, platform: windows}]
    accounts: [{asset: a, name: scan, enabled: true, password_required: true}]
    passes: [a]
---*/
select asset, name as account, evidence
from accounts
where enabled and password_required is false
