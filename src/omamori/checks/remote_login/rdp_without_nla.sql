/*---
title: {ja: リモートデスクトップが本人確認の前に画面を出す, en: Remote Desktop shows a screen before asking who it is}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ログインの前に多くの処理が動き、その弱点だけで入られたことがあります。業者の回線から届く機器では特に急ぎます。
  en: Much runs before anybody has logged in, and flaws in it have been enough to get inside. It is urgent where a vendor's line reaches the machine.
message:
  ja: "{asset}: リモートデスクトップがネットワークレベル認証なしで待っています(UserAuthenticationが0)"
  en: "{asset}: Remote Desktop waits without network level authentication (UserAuthentication is 0)"
fix:
  cost: none
  ja: 保守端末から今の接続を残したまま有効にし、別の接続で入れることを確かめてください。「システムのプロパティ」の「リモート」でも変えられます。
  en: Switch it on with the present session left open, and see that a second one still gets in. System Properties, Remote, does the same.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp" /v UserAuthentication /t REG_DWORD /d 1 /f
    # undo: the same line with /d 0
ask:
  ja: ネットワークレベル認証を有効にできるか、古い端末から保守していないかを確認してください。
  en: Ask whether network level authentication can be required, and whether maintenance comes from a PC too old for it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: windows}, {asset: lin, platform: linux}, {asset: shut, platform: windows}, {asset: nla, platform: windows}, {asset: half, platform: windows}]
    windows_settings:
      - {asset: pacs, rdp_enabled: true, rdp_nla: false}
      - {asset: lin, rdp_enabled: true, rdp_nla: false}
      - {asset: shut, rdp_enabled: false, rdp_nla: false}
      - {asset: nla, rdp_enabled: true, rdp_nla: true}
      - {asset: half, rdp_enabled: true}
    fails: [pacs]
  good:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}]
    windows_settings: [{asset: a, rdp_enabled: true, rdp_nla: true}, {asset: b, rdp_enabled: false, rdp_nla: false}]
---*/
select asset, evidence
from windows_settings
where rdp_enabled and rdp_nla is false
