/*---
title:
  ja: ダブルクリックでスクリプト(vbs、js)が動く
  en: Scripts (vbs, js) run by a double-click
severity: low
subject: asset
key: [asset]
scope: select asset from assets where platform = 'windows' and role = 'client'
why:
  ja: メールや圧縮ファイルに紛れたスクリプトは、書類に見せかけて開かせる手口によく使われます。
  en: Scripts dressed up as documents, in mails and archives, are a common way to be let in.
message:
  ja: "{asset}: Windows Script Hostが有効です"
  en: "{asset}: Windows Script Host is enabled"
fix:
  cost: none
  ja: ログオンスクリプトや業務ソフトがvbsを使っていないかを確かめ、使っていない部署のPCから止めてください。1で戻せます。
  en: See that no logon script or program uses vbs, then switch it off, department by department; 1 undoes it.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows Script Host\Settings" /v Enabled /t REG_DWORD /d 0 /f
ask:
  ja: 電子カルテなどの起動や更新にスクリプト(vbs、js)を使っているかを確認してください。
  en: Ask whether starting or updating the record system uses scripts (vbs, js).
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: b, platform: windows, role: server}, {asset: lin, platform: linux, role: client}, {asset: c, platform: windows, role: client}, {asset: d, platform: windows, role: client}]
    windows_settings: [{asset: a, script_host: true}, {asset: b, script_host: true}, {asset: lin, script_host: true}, {asset: c}, {asset: d, script_host: false}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows, role: client}]
    windows_settings: [{asset: a, script_host: false}]
---*/
select asset, evidence
from windows_settings
where script_host
