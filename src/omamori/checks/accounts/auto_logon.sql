/*---
title: {ja: 電源を入れると自動でログオンする, en: It logs somebody in by itself}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 通りかかった誰でも、そのアカウントでできることが全てできます。誰が操作したかも残りません。
  en: Whoever walks by can do all that the account can, and nobody can tell afterwards who did it.
message:
  ja: "{asset}: {account} で自動的にログオンします(AutoAdminLogonが1)"
  en: "{asset}: it logs in as {account} by itself (AutoAdminLogon is 1)"
fix:
  cost: none
  ja: 人が使うPCでは止めてください。停電の後に自分で動き出す必要のある機器では、そのアカウントを管理者から外し、表示に要る権限だけにします。
  en: Switch it off where people work. Where the machine must start by itself after a power cut, take the account out of the administrators.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon" /v AutoAdminLogon /t REG_SZ /d 0 /f
ask:
  ja: 自動ログオンが必要か、必要ならそのアカウントを管理者以外にできるかを確認してください。
  en: Ask whether logging in by itself is needed, and whether the account can be one without administrator rights.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, auto_logon: true, auto_logon_account: ward3}, {asset: ehr, auto_logon: true}, {asset: old}, {asset: new, auto_logon: false, auto_logon_account: ward3}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, auto_logon: false, auto_logon_password: true}]
---*/
select asset, auto_logon_account as account, evidence
from windows_settings
where auto_logon
