/*---
title: {ja: 遠隔操作に来る人のドライブがサーバにつながる, en: The drives of whoever comes by Remote Desktop are joined to the server}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and role = 'server'
why:
  ja: 保守の人のPCにあるウイルスがサーバに届き、サーバの診療データがそのPCに写せます。USBメモリを禁じていても、これは別の通り道です。
  en: A virus on the visitor's PC reaches the server, and patient data can be copied back to that PC. It is a second way in and out even where USB sticks are forbidden.
message:
  ja: "{asset}: リモートデスクトップでドライブの接続が許されています(fDisableCdm 0)"
  en: "{asset}: Remote Desktop lets drives come along (fDisableCdm 0)"
fix:
  cost: none
  ja: ポリシーで「ドライブのリダイレクトを許可しない」を有効にしてください。ファイルの受け渡しが要る時は、ウイルス検査のできる決まった場所を使います。
  en: Set the policy “Do not allow drive redirection”. For files that must come along, use one place where they are scanned.
  run: |
    reg add "HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services" /v fDisableCdm /t REG_DWORD /d 1 /f
ask:
  ja: 保守でファイルを持ち込む方法を、決まった受け渡し場所に替えられるかを確認してください。
  en: Ask whether files for maintenance can come by one agreed place instead.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: sv, platform: windows, role: server}, {asset: pc, platform: windows, role: client}, {asset: lin, platform: linux, role: server}, {asset: shut, platform: windows, role: server}, {asset: new, platform: windows, role: server}]
    windows_settings: [{asset: sv, rdp_enabled: true, rdp_drives: true}, {asset: pc, rdp_enabled: true, rdp_drives: true}, {asset: lin, rdp_enabled: true, rdp_drives: true}, {asset: shut, rdp_enabled: false, rdp_drives: true}, {asset: new, rdp_enabled: true, rdp_drives: false}]
    fails: [sv]
  good:
    hosts: [{asset: sv, platform: windows, role: server}]
    windows_settings: [{asset: sv, rdp_enabled: true, rdp_drives: false}]
---*/
select asset, evidence
from windows_settings
where rdp_enabled and rdp_drives
