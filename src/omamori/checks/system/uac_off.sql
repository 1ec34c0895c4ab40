/*---
title: {ja: ユーザーアカウント制御(UAC)が切られている, en: User Account Control (UAC) is off}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 管理者で使うPCでは、メールやWebから入ったプログラムが何も聞かれずに機器全体を変えられます。
  en: Where people work as administrators, a program from mail or web changes the whole machine without a question.
message:
  ja: "{asset}: UACが無効です(EnableLUAが0)"
  en: "{asset}: UAC is off (EnableLUA is 0)"
fix:
  cost: none
  ja: 部門システムなど古いソフトが動くかを一台で確かめてから有効にし、再起動してください。0で戻せます。
  en: Try on one machine that old programs still work, then switch it on and restart; 0 undoes it.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System" /v EnableLUA /t REG_DWORD /d 1 /f
ask:
  ja: UACを有効にすると動かないソフトがあるか、その改修の予定を確認してください。
  en: Ask which program fails with UAC on, and when that will be mended.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, uac_enabled: false}, {asset: ehr, uac_enabled: false}, {asset: old}, {asset: new, uac_enabled: true}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, uac_enabled: true}]
---*/
select asset, evidence
from windows_settings
where uac_enabled is false
