/*---
title: {ja: Windowsが旧式のSMB1で共有を出している, en: Windows offers shares by the old SMB1}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: SMB1は2017年に世界の病院を止めたウイルスが広がった道です。受け付ける一台があると、同じ網の中で次々に広がります。
  en: SMB1 is the way the worm of 2017 spread through hospitals round the world. It needs one machine that accepts it to go on to the next.
message:
  ja: "{asset}: SMB1の共有を受け付けます(SMB1のサーバ機能が有効)"
  en: "{asset}: it accepts SMB1 (the SMB 1 server is enabled)"
fix:
  cost: none
  ja: まず1か月ほど記録だけ取り、SMB1で来る複合機や検査装置を別の方式に替えてから無効にしてください。困ったら true に戻せます。
  en: Record for about a month who still comes by SMB1, move those copiers and devices to something newer, then disable it. Setting it to true undoes it.
  run: |
    Set-SmbServerConfiguration -AuditSmb1Access $true -Force   # records only; Windows 8.1, Server 2012 R2 and later
    Get-WinEvent -LogName Microsoft-Windows-SMBServer/Audit | Where-Object Id -eq 3000   # who still uses it
    Set-SmbServerConfiguration -EnableSMB1Protocol $false -Force
    # Windows 7, Server 2008 R2 (then restart):
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters" /v SMB1 /t REG_DWORD /d 0 /f
ask:
  ja: SMB1を止められるか、止めるとつながらなくなる機器は何かを確認してください。
  en: Ask whether SMB1 can be disabled, and which device would no longer connect.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, smb1_server: true}, {asset: ehr, smb1_server: true}, {asset: old}, {asset: new, smb1_server: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, smb1_server: false}]
---*/
select asset, evidence
from windows_settings
where smb1_server
