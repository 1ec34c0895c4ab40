/*---
title:
  ja: パスワードのないアカウントで入れる
  en: An account opens without a password
severity: critical
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 名前さえ分かれば誰でも入れます。
  en: Whoever knows the name is inside.
message:
  ja: "{asset}: アカウント {account} はパスワードなしで使えます"
  en: "{asset}: the account {account} has no password"
fix:
  cost: none
  ja: パスワードを設定するか、使わないアカウントなら無効にしてください。
  en: Set a password, or lock the account when nobody needs it.
  run: |
    sudo passwd NAME
    sudo passwd -l NAME
ask:
  ja: このアカウントの用途と、パスワードを設定できるかを確認してください。
  en: Ask what the account is for and whether a password can be set.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: lab, platform: linux}, {asset: win, platform: windows}]
    accounts:
      - {asset: lab, name: guest, password_state: empty, enabled: true}
      - {asset: win, name: guest, password_state: empty, enabled: true}
    fails: [[lab, guest]]
  good:
    hosts: [{asset: lab, platform: linux}]
    accounts:
      - {asset: lab, name: guest, password_state: empty, enabled: false}
      - {asset: lab, name: root, password_state: set, enabled: true}
---*/
select asset, name as account, evidence
from accounts
where password_state = 'empty' and enabled is not false
