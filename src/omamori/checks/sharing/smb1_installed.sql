/*---
title: {ja: 旧式のSMB1の機能がWindowsに残っている, en: The old SMB1 is still installed in Windows}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 今は止めてあっても、設定が一つ戻るだけで2017年のウイルスと同じ道が開きます。使わないなら外しておくと戻りません。
  en: Even when it is switched off, one setting brings back the way of the 2017 worm. Removed, it stays away.
message:
  ja: "{asset}: SMB1の機能が入っています({feature})"
  en: "{asset}: SMB1 is installed ({feature})"
fix:
  cost: none
  ja: SMB1を使う機器がないことを記録(SMBServer/Audit のイベント3000)で確かめてから外してください。再起動が要ります。
  en: See in the log (SMBServer/Audit, event 3000) that nothing uses SMB1, then remove it; it needs a restart.
  run: |
    Uninstall-WindowsFeature FS-SMB1   # Windows Server 2012 R2 and later
    Disable-WindowsOptionalFeature -Online -FeatureName SMB1Protocol -NoRestart   # Windows 8.1, 10, 11
ask:
  ja: SMB1の機能を外してよいか、必要な機器があるかを確認してください。
  en: Ask whether SMB1 may be removed, and whether some device needs it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: fs, platform: windows}, {asset: pc, platform: windows}, {asset: lin, platform: linux}, {asset: new, platform: windows}]
    server_roles:
      - {asset: fs, name: FS-SMB1}
      - {asset: fs, name: FS-SMB1-CLIENT}
      - {asset: fs, name: FS-SMB1-SERVER}
      - {asset: pc, name: SMB1Protocol}
      - {asset: lin, name: FS-SMB1}
      - {asset: new, name: FS-SMBBW}
    fails: [fs, pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    server_roles: [{asset: pc, name: SMB1Protocol-Deprecation}, {asset: pc, name: SmbDirect}]
---*/
select asset, name as feature, evidence
from server_roles
where regexp_full_match(lower(name), '(fs-smb1|smb1protocol)(-server|-client)?')
