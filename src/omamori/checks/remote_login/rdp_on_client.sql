/*---
title: {ja: 端末PCがリモートデスクトップを受け付ける, en: A client PC takes Remote Desktop}
severity: medium
subject: asset
key: [asset]
scope: select asset from assets where platform = 'windows' and role = 'client'
why:
  ja: 一台に入った者は、リモートデスクトップで隣のPCへ移ります。端末PCで要るのは遠隔サポートのときだけです。
  en: Whoever is inside one PC moves to the next by Remote Desktop. A client PC needs it only for support.
message:
  ja: "{asset}: 端末PCでリモートデスクトップが有効です(fDenyTSConnectionsが0)"
  en: "{asset}: Remote Desktop is enabled on this client PC (fDenyTSConnections is 0)"
fix:
  cost: none
  ja: 使っていなければ、PCの前で無効にしてください(遠隔で行うと自分の接続が切れます)。サポートで使うなら、接続元を担当者のPCだけに絞ります。
  en: Unless it is used, disable it while sitting at the PC; doing it remotely cuts your own session. For support, let in only the supporter's PC.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server" /v fDenyTSConnections /t REG_DWORD /d 1 /f
    # to keep it for one address (Windows 8, Server 2012 and later):
    Get-NetFirewallRule -Group '@FirewallAPI.dll,-28752' | Set-NetFirewallRule -RemoteAddress 10.0.0.5
ask:
  ja: リモートデスクトップを保守で使うか、使うときだけ有効にできるかを確認してください。
  en: Ask whether maintenance uses Remote Desktop, and whether it can be enabled only then.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: b, platform: windows, role: server}, {asset: lin, platform: linux, role: client}, {asset: c, platform: windows, role: client}, {asset: d, platform: windows, role: client}]
    windows_settings: [{asset: a, rdp_enabled: true}, {asset: b, rdp_enabled: true}, {asset: lin, rdp_enabled: true}, {asset: c}, {asset: d, rdp_enabled: false}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows, role: client}]
    windows_settings: [{asset: a, rdp_enabled: false}]
---*/
select asset, evidence
from windows_settings
where rdp_enabled
