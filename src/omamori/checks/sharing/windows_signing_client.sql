/*---
title: {ja: Windowsが署名のない共有にもつながる, en: Windows also connects to shares without signing}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 偽の共有や途中で書き換えられたファイルに気付けません。ドメインの設定も共有から読むため、影響が全台に及ぶことがあります。
  en: A false share or a file altered on the way goes unnoticed. Domain settings are read from shares too, so it can touch every PC.
message:
  ja: "{asset}: 署名のない共有にもつながります(クライアント側のRequireSecuritySignatureが無効)"
  en: "{asset}: it connects to unsigned shares (RequireSecuritySignature of the client is off)"
fix:
  cost: none
  ja: 数台で有効にし、NASや部門システムの共有が開けることを確かめてから、グループポリシーで全台に配ってください。false で戻せます。
  en: Require it on a few PCs, see that NAS and department shares still open, then spread it by group policy. Setting it to false undoes it.
  run: |
    Set-SmbClientConfiguration -RequireSecuritySignature $true -Force
    # Windows 7, Server 2008 R2 (then restart):
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\LanmanWorkstation\Parameters" /v RequireSecuritySignature /t REG_DWORD /d 1 /f
ask:
  ja: 署名を必須にすると開けなくなる共有があるかを確認してください。
  en: Ask whether some share could no longer be opened when signing is required.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, smb_client_signing_required: false}, {asset: ehr, smb_client_signing_required: false}, {asset: old}, {asset: new, smb_client_signing_required: true}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, smb_client_signing_required: true}]
---*/
select asset, evidence
from windows_settings
where smb_client_signing_required is false
