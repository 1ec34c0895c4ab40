/*---
title: {ja: パスワードのないアカウントにネットワークから入れる, en: Accounts without password open over the network}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: Windowsは普通、パスワードのないアカウントをその機器の前でしか使わせません。その歯止めが外れています。
  en: Windows normally lets an account without password be used only at the machine itself. That brake is off.
message:
  ja: "{asset}: パスワードのないアカウントでネットワークから入れます(LimitBlankPasswordUseが0)"
  en: "{asset}: an account without password may log in over the network (LimitBlankPasswordUse is 0)"
fix:
  cost: none
  ja: パスワードのないアカウントを調べてパスワードを付け、それを使っていた共有やソフトを直してから、元の値(1)に戻してください。
  en: Give the accounts without password one, mend the shares or programs that used them, then set the value back to 1.
  run: |
    net user
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Lsa" /v LimitBlankPasswordUse /t REG_DWORD /d 1 /f
ask:
  ja: パスワードなしで使うアカウントの用途と、パスワードを付けられるかを確認してください。
  en: Ask what the account without password is for, and whether it can get one.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, blank_passwords_remote: true}, {asset: ehr, blank_passwords_remote: true}, {asset: old}, {asset: new, blank_passwords_remote: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, blank_passwords_remote: false}]
---*/
select asset, evidence
from windows_settings
where blank_passwords_remote
