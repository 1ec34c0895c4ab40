/*---
title: {ja: ログインした人のパスワードがメモリにそのまま残る, en: Passwords of those logged in stay readable in memory}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 一台で管理者になった者が、そこにログインした人全員のパスワードを読み取り、他の機器へ進めます。今のWindowsでは標準で止まっている機能です。
  en: Whoever is administrator of one machine reads the passwords of all who logged in there, and goes on. Windows today has it off by default.
message:
  ja: "{asset}: パスワードがメモリにそのまま残ります(WDigestのUseLogonCredentialが有効)"
  en: "{asset}: passwords stay readable in memory (UseLogonCredential of WDigest is on)"
fix:
  cost: none
  ja: 0にして再起動してください。誰かが意図して1にした覚えがなければ、いつ変わったかをログで確かめてください。Windows 7と2008 R2では、更新KB2871997を入れてから有効です。
  en: Set it to 0 and restart. Where nobody remembers setting it to 1, look in the logs when that happened. Windows 7 and 2008 R2 need update KB2871997 first.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\WDigest" /v UseLogonCredential /t REG_DWORD /d 0 /f
ask:
  ja: WDigestを使う製品があるか、止めてよいかを確認してください。
  en: Ask whether some product needs WDigest, and whether it may be switched off.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, wdigest_plain: true}, {asset: ehr, wdigest_plain: true}, {asset: old}, {asset: new, wdigest_plain: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, wdigest_plain: false}]
---*/
select asset, evidence
from windows_settings
where wdigest_plain
