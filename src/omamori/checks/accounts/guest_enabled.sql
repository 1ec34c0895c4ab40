/*---
title: {ja: Guestアカウントが使える, en: The Guest account is enabled}
severity: high
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows'
why:
  ja: パスワードなしで入れるアカウントです。共有フォルダまで誰でも開けることがあります。
  en: It opens without a password. Shares may be open to anybody through it.
message:
  ja: "{asset}: {account} が有効です"
  en: "{asset}: {account} is enabled"
fix:
  cost: none
  ja: 無効にしてください。これで開いていた共有があれば、使う人のアカウントに権限を付けます。
  en: Disable it. Where a share was opened through it, give the people who need it rights of their own.
  run: |
    net user Guest /active:no
ask:
  ja: Guestで動いている仕組みがあるかを確認してください。
  en: Ask whether anything works through Guest.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    accounts:
      - {asset: a, name: Okyaku, uid: "S-1-5-21-1-2-3-501", enabled: true}
      - {asset: a, name: tanaka, uid: "S-1-5-21-1-2-3-1501", enabled: true}
      - {asset: b, name: guest, enabled: true}
      - {asset: lx, name: guest, enabled: true}
    fails: [[a, Okyaku], [b, guest]]
  good:
    hosts: [{asset: a, platform: windows}]
    accounts: [{asset: a, name: Guest, uid: "S-1-5-21-1-2-3-501", enabled: false}, {asset: a, name: tanaka, enabled: true}]
    passes: [a]
---*/
select asset, name as account, evidence
from accounts
where enabled and (ends_with(uid, '-501') or lower(name) = 'guest')
