/*---
title: {ja: Windowsサーバの共有が署名のない通信を受け付ける, en: A Windows server shares files without signing}
severity: medium
subject: asset
key: [asset]
scope: select asset from assets where platform = 'windows' and role = 'server'
why:
  ja: 署名がないと、間に入った者が職員のログインを横取りしてサーバにつなぐことができます。過去の侵入でよく使われた手口です。
  en: Without signing, somebody in between can pass on a login of your staff and open the server with it, a trick often seen in intrusions.
message:
  ja: "{asset}: 署名のない共有の通信を受け付けます(RequireSecuritySignatureが無効)"
  en: "{asset}: it accepts unsigned file sharing (RequireSecuritySignature is off)"
fix:
  cost: none
  ja: まず一台のサーバで有効にし、複合機のスキャン保存や古い検査装置がつながるかを確かめてから広げてください。false で戻せます。
  en: Require it on one server first and see that copiers and old devices still connect, then go on. Setting it to false undoes it.
  run: |
    Set-SmbServerConfiguration -RequireSecuritySignature $true -Force   # for new connections at once
    # Windows Server 2008 R2 (then restart):
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters" /v RequireSecuritySignature /t REG_DWORD /d 1 /f
ask:
  ja: 共有の署名を必須にできるか、つながらなくなる機器があるかを確認してください。
  en: Ask whether signing can be required, and whether some device could then not connect.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: client}, {asset: lin, platform: linux, role: server}, {asset: c, platform: windows, role: server}, {asset: d, platform: windows, role: server}]
    windows_settings: [{asset: a, smb_signing_required: false}, {asset: b, smb_signing_required: false}, {asset: lin, smb_signing_required: false}, {asset: c}, {asset: d, smb_signing_required: true}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows, role: server}]
    windows_settings: [{asset: a, smb_signing_required: true}]
---*/
select asset, evidence
from windows_settings
where smb_signing_required is false
