/*---
title: {ja: リモートアシスタンスで他人を招き入れられる, en: Somebody may be invited in by Remote Assistance}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 電話で「サポートです」と言われた職員が、知らない相手に画面を渡してしまうことがあります。
  en: Staff who are told on the phone that support is calling may hand their screen to a stranger.
message:
  ja: "{asset}: リモートアシスタンスが許可されています(fAllowToGetHelpが1)"
  en: "{asset}: Remote Assistance is allowed (fAllowToGetHelp is 1)"
fix:
  cost: none
  ja: 院内のサポートで使っていなければ無効にしてください。「システムのプロパティ」の「リモート」で外すこともできます。
  en: Switch it off unless your own support uses it. System Properties, Remote, does the same.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Remote Assistance" /v fAllowToGetHelp /t REG_DWORD /d 0 /f
ask:
  ja: リモートアシスタンスを保守で使うかを確認してください。
  en: Ask whether maintenance uses Remote Assistance.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, remote_assistance: true}, {asset: ehr, remote_assistance: true}, {asset: old}, {asset: new, remote_assistance: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, remote_assistance: false}]
---*/
select asset, evidence
from windows_settings
where remote_assistance
