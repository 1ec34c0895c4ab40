/*---
title: {ja: 自動ログオンのパスワードがそのまま読める, en: The password for automatic logon can be read as it is}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: PCを使える人なら誰でも、隠されずに書かれたパスワードを読めます。同じパスワードの機器が他にもあれば、そこにも入れます。
  en: Anybody who uses the PC can read it, and get into every other machine that has the same password.
message:
  ja: "{asset}: {account} のパスワードがレジストリ(DefaultPassword)に書かれています"
  en: "{asset}: the password of {account} stands in the registry (DefaultPassword)"
fix:
  cost: none
  ja: 自動ログオンを使っていなければ値を消してください。使うなら、Microsoftの無料の道具Autologonで設定し直すと暗号化して保存されます。どちらの場合も、読まれたものとしてパスワードを変えます。
  en: "Delete the value where automatic logon is not used. Else set it anew with Microsoft's free Autologon, which keeps it encrypted. In both cases change the password: it could be read."
  run: |
    # where it logs in by itself, set Autologon first, then try one restart
    reg delete "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon" /v DefaultPassword /f
ask:
  ja: パスワードを書かない方法にできるか、同じパスワードの機器が他にないかを確認してください。
  en: Ask whether it can do without the written password, and which other machines have the same one.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, auto_logon_password: true}, {asset: ehr, auto_logon_password: true}, {asset: old}, {asset: new, auto_logon_password: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, auto_logon: true, auto_logon_password: false}]
---*/
select asset, auto_logon_account as account, evidence
from windows_settings
where auto_logon_password
