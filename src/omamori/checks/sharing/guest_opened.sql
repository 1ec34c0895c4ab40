/*---
title: {ja: 相手を確かめずゲストとして共有を開く, en: It opens shares as guest without knowing the server}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ゲストの接続は署名も暗号化もできず、偽の共有から危険なプログラムを開かされても気付けません。
  en: A guest connection can be neither signed nor encrypted; a false share may hand out a harmful program unnoticed.
message:
  ja: "{asset}: 他の機器の共有をゲストとして開きます(AllowInsecureGuestAuthが有効)"
  en: "{asset}: it opens other machines' shares as guest (AllowInsecureGuestAuth is on)"
fix:
  cost: none
  ja: ゲストで開いているNASや複合機にアカウントを作り、そのアカウントで開けることを確かめてから無効にしてください。
  en: Make an account on the NAS or copier, see that the share opens with it, then switch guest access off.
  run: |
    Set-SmbClientConfiguration -EnableInsecureGuestLogons $false -Force
    # where group policy set it, change it there; without PowerShell:
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\LanmanWorkstation\Parameters" /v AllowInsecureGuestAuth /t REG_DWORD /d 0 /f
ask:
  ja: アカウントなしで開いている共有があるか、専用アカウントに替えられるかを確認してください。
  en: Ask which share is opened without an account, and whether it can be given one.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, smb_guest_allowed: true}, {asset: ehr, smb_guest_allowed: true}, {asset: old}, {asset: new, smb_guest_allowed: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, smb_guest_allowed: false}]
---*/
select asset, evidence
from windows_settings
where smb_guest_allowed
