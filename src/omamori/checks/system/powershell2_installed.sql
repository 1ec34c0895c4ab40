/*---
title: {ja: 古いPowerShell 2.0が残っている, en: The old PowerShell 2.0 is still installed}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: PowerShell 2.0で動かすと、新しい版の記録や検査を通らずに済みます。侵入した者がわざと使うことがあります。
  en: What runs in PowerShell 2.0 escapes the logs and checks of newer versions; intruders choose it on purpose.
message:
  ja: "{asset}: PowerShell 2.0が使えます({feature})"
  en: "{asset}: PowerShell 2.0 can be used ({feature})"
fix:
  cost: none
  ja: バックアップや業務のスクリプトに -Version 2 の指定がないかを確かめて外してください。新しいPowerShellはそのまま使えます。
  en: See that no script asks for -Version 2, then remove it; the newer PowerShell stays.
  run: |
    Uninstall-WindowsFeature PowerShell-V2   # Windows Server
    Disable-WindowsOptionalFeature -Online -FeatureName MicrosoftWindowsPowerShellV2Root -NoRestart   # Windows 8.1, 10, 11
ask:
  ja: PowerShell 2.0を使う製品があるかを確認してください。
  en: Ask whether some product needs PowerShell 2.0.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: sv, platform: windows}, {asset: pc, platform: windows}, {asset: lin, platform: linux}, {asset: new, platform: windows}]
    server_roles:
      - {asset: sv, name: PowerShell-V2}
      - {asset: pc, name: MicrosoftWindowsPowerShellV2}
      - {asset: pc, name: MicrosoftWindowsPowerShellV2Root}
      - {asset: lin, name: PowerShell-V2}
      - {asset: new, name: MicrosoftWindowsPowerShell}
    fails: [sv, pc]
  good:
    hosts: [{asset: a, platform: windows}]
    server_roles: [{asset: a, name: PowerShell}, {asset: a, name: PowerShell-ISE}]
---*/
select asset, name as feature, evidence
from server_roles
where lower(name) in ('powershell-v2', 'microsoftwindowspowershellv2', 'microsoftwindowspowershellv2root')
