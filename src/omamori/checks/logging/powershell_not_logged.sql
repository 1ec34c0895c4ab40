/*---
title: {ja: PowerShellで何が動いたかが記録されない, en: What PowerShell runs is not logged}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 侵入した者の多くはWindowsに付いているPowerShellで動きます。記録がないと、何をされたかが後から分かりません。
  en: Many intruders work with the PowerShell that comes with Windows. Without a log nobody can tell afterwards what was done.
message:
  ja: "{asset}: PowerShellのスクリプトが記録されません(EnableScriptBlockLogging)"
  en: "{asset}: PowerShell's scripts are not logged (EnableScriptBlockLogging)"
fix:
  cost: none
  ja: 記録を有効にし、記録の大きさも広げてください。パスワードを書いたスクリプトがあれば、記録にも残るので先に直します。Windows 7と2008 R2ではPowerShell 5.1が要ります。
  en: "Switch the log on and make it larger. Mend scripts that hold passwords first: the log would hold them too. Windows 7 and 2008 R2 need PowerShell 5.1."
  run: |
    reg add "HKLM\SOFTWARE\Policies\Microsoft\Windows\PowerShell\ScriptBlockLogging" /v EnableScriptBlockLogging /t REG_DWORD /d 1 /f
    wevtutil sl Microsoft-Windows-PowerShell/Operational /ms:104857600
ask:
  ja: PowerShellの記録を有効にしてよいか、動作が遅くなる心配があるかを確認してください。
  en: Ask whether PowerShell may be logged, and whether it would slow anything.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, powershell_logging: false}, {asset: ehr, powershell_logging: false}, {asset: old}, {asset: new, powershell_logging: true}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, powershell_logging: true}]
---*/
select asset, evidence
from windows_settings
where powershell_logging is false
