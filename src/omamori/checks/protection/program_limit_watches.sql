/*---
title: {ja: プログラムの制限が記録だけで止めていない, en: The limit on programs watches but does not block}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 監査のみの設定は準備の段階です。そのままでは、危険なプログラムも記録されるだけで動きます。
  en: Audit only is how to begin. Left so, a harmful program is written down and runs all the same.
message:
  ja: "{asset}: {control} は記録だけで、プログラムを止めません"
  en: "{asset}: {control} only records and stops no program"
fix:
  cost: none
  ja: 2週間以上の記録(イベント8003)に業務のプログラムが出ないことを確かめ、数台から実施に変えてください。困れば監査のみに戻せます。
  en: See that no program of your work is in the log of two weeks or more (event 8003), then enforce it on a few machines. Audit only undoes it.
  run: |
    Get-WinEvent -LogName 'Microsoft-Windows-AppLocker/EXE and DLL' | Where-Object Id -eq 8003 | Select-Object TimeCreated, Message
ask:
  ja: 制限を実施に変えたときに止まるプログラムがあるかを確認してください。
  en: Ask which program would be stopped when the limit is enforced.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: lin, platform: linux}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: e, platform: windows}]
    windows_settings: [{asset: pc, execution_control: applocker, execution_enforced: false}, {asset: lin, execution_control: applocker, execution_enforced: false}, {asset: c, execution_control: wdac}, {asset: d, execution_control: srp, execution_enforced: true}, {asset: e, execution_enforced: false}]
    fails: [pc]
  good:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}]
    windows_settings: [{asset: a, execution_control: none, execution_enforced: false}, {asset: b, execution_control: wdac, execution_enforced: true}]
---*/
select asset, execution_control as control, evidence
from windows_settings
where execution_control <> 'none' and execution_enforced is false
