/*---
title: {ja: 誰のインストールも管理者の権限で動く, en: Anybody's installation runs as administrator}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 普通の利用者が、手元で作ったインストール用のファイル一つで管理者になれます。
  en: With one self-made installation file, any user becomes administrator.
message:
  ja: "{asset}: インストールパッケージが常に管理者の権限で動きます(AlwaysInstallElevatedが1)"
  en: "{asset}: installation packages always run as administrator (AlwaysInstallElevated is 1)"
fix:
  cost: none
  ja: 「常にシステム特権でインストールする」の設定を、コンピューターと利用者の両方で0にしてください。ソフトの配布に使っていないかを先に確かめます。
  en: Set “Always install with elevated privileges” to 0, for the computer and for the user. See first that no software is distributed that way.
  run: |
    reg add "HKLM\SOFTWARE\Policies\Microsoft\Windows\Installer" /v AlwaysInstallElevated /t REG_DWORD /d 0 /f
    reg add "HKCU\SOFTWARE\Policies\Microsoft\Windows\Installer" /v AlwaysInstallElevated /t REG_DWORD /d 0 /f
ask:
  ja: ソフトの配布や更新がこの設定に頼っているかを確認してください。
  en: Ask whether distributing or updating software relies on it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, installer_elevated: true}, {asset: ehr, installer_elevated: true}, {asset: old}, {asset: new, installer_elevated: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, installer_elevated: false}]
---*/
select asset, evidence
from windows_settings
where installer_elevated
