/*---
title: {ja: 管理者でない人もプリンタドライバを入れられる, en: People without administrator rights may install printer drivers}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: プリンタドライバは機器全体の権限で動きます。2021年には、ここから管理者の権限を取られる弱点が見つかりました。
  en: Printer drivers run with the machine's own rights. In 2021 that proved to be a way to become administrator.
message:
  ja: "{asset}: 管理者でない人もプリンタドライバを入れられます(RestrictDriverInstallationToAdministratorsが0)"
  en: "{asset}: people who are no administrators may install printer drivers (RestrictDriverInstallationToAdministrators is 0)"
fix:
  cost: none
  ja: 使うプリンタのドライバを管理者が先に入れ、印刷できることを数台で確かめてから1にしてください。0で戻せます。
  en: Install the drivers in use as administrator, see on a few PCs that printing works, then set it to 1; 0 undoes it.
  run: |
    reg add "HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Printers\PointAndPrint" /v RestrictDriverInstallationToAdministrators /t REG_DWORD /d 1 /f
ask:
  ja: ドライバを先に入れておく方法に替えられるかを確認してください。
  en: Ask whether the drivers can be installed beforehand.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, printer_drivers_by_users: true}, {asset: ehr, printer_drivers_by_users: true}, {asset: old}, {asset: new, printer_drivers_by_users: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, printer_drivers_by_users: false}]
---*/
select asset, evidence
from windows_settings
where printer_drivers_by_users
