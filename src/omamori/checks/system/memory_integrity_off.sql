/*---
title: {ja: 弱点のあるドライバからWindowsの中心部が守られていない, en: The core of Windows is not guarded against flawed drivers}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 侵入した者は、弱点のある古いドライバを持ち込んで対策ソフトを止めます。「メモリ整合性」はそれを外側から検査します。
  en: Intruders bring an old driver with a flaw and use it to stop the antivirus. “Memory integrity” checks drivers from outside.
message:
  ja: "{asset}: メモリ整合性(HVCI)が動いていません"
  en: "{asset}: memory integrity (HVCI) does not run"
fix:
  cost: none
  ja: 新しいPCから有効にしてください。古い装置のドライバが動かなくなることがあるので、装置につながるPCは業者に確かめてからにします。
  en: Begin with new PCs. Drivers of old devices may stop working, so ask the vendor before touching a PC that drives one.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\DeviceGuard\Scenarios\HypervisorEnforcedCodeIntegrity" /v Enabled /t REG_DWORD /d 1 /f
ask:
  ja: 装置のドライバがメモリ整合性に対応しているかを確認してください。
  en: Ask whether the drivers of the device work with memory integrity.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, memory_integrity: false}, {asset: ehr, memory_integrity: false}, {asset: old}, {asset: new, memory_integrity: true}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, memory_integrity: true}]
---*/
select asset, evidence
from windows_settings
where memory_integrity is false
