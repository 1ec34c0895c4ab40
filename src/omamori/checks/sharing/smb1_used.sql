/*---
title: {ja: Windowsが旧式のSMB1で相手につながる, en: Windows connects to others by the old SMB1}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: この機器がSMB1を話す間は、古いNASなどの相手もSMB1をやめられません。偽の相手につないだときに通信を読まれやすくもなります。
  en: While this machine speaks SMB1, old file servers keep it too, and a false server can read along more easily.
message:
  ja: "{asset}: SMB1で他の機器の共有につながります(mrxsmb10が有効)"
  en: "{asset}: it connects to other machines' shares by SMB1 (mrxsmb10 is enabled)"
fix:
  cost: none
  ja: 1行目でDialectが1.5の相手(SMB1)を調べ、その相手を新しい方式にしてから外してください。再起動が要るので、使わない時間に行います。
  en: The first line shows servers of dialect 1.5 (SMB1). Move those to something newer, then remove the client; it needs a restart.
  run: |
    Get-SmbConnection | Select-Object ServerName, ShareName, Dialect
    Disable-WindowsOptionalFeature -Online -FeatureName SMB1Protocol-Client -NoRestart   # Windows 10 1709 and later
    # older Windows: both lines together, then restart (undo: depend= bowser/mrxsmb10/mrxsmb20/nsi, start= auto)
    sc.exe config lanmanworkstation depend= bowser/mrxsmb20/nsi
    sc.exe config mrxsmb10 start= disabled
ask:
  ja: この機器がSMB1でつなぐ相手と、SMB2以上に替えられるかを確認してください。
  en: Ask which servers it reaches by SMB1, and whether they can move to SMB2 or later.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, smb1_client: true}, {asset: ehr, smb1_client: true}, {asset: old}, {asset: new, smb1_client: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, smb1_client: false}]
---*/
select asset, evidence
from windows_settings
where smb1_client
