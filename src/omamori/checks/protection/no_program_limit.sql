/*---
title: {ja: どのプログラムでも実行できる, en: Any program may run}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and role in ('server', 'client')
why:
  ja: 更新を当てにくい病院の機器では、決まった場所のプログラムだけを動かす設定がその代わりの一つになります。身代金要求型のウイルスの多くは、誰でも書ける場所から動きます。
  en: Where updates are hard to install, running only programs from known places makes up for part of it. Most ransomware starts in a folder anybody may write to.
message:
  ja: "{asset}: プログラムの実行を制限する仕組みがありません(AppLocker、SRP、WDACのいずれも未設定)"
  en: "{asset}: nothing limits which programs run (neither AppLocker, SRP nor WDAC is set)"
fix:
  cost: low
  ja: 数台から始めます。secpol.msc の「アプリケーション制御ポリシー」の「AppLocker」で、先に実行可能ファイルの規則を「監査のみ」にしてから既定の規則を作ってください。監査のみでは何も止まりません。2週間以上記録を見てから実施に変えます。
  en: Begin with a few machines. In secpol.msc, Application Control Policies, AppLocker, set executable rules to Audit only first, then create the default rules; auditing stops nothing. Read the log for two weeks or more before enforcing.
  run: |
    sc.exe config appidsvc start= auto
    sc.exe start appidsvc
    Get-WinEvent -LogName 'Microsoft-Windows-AppLocker/EXE and DLL' | Where-Object Id -eq 8003   # what would have been stopped
ask:
  ja: 実行するプログラムを制限してよいか、許可が必要な場所とプログラムの一覧をもらってください。
  en: Ask whether programs may be limited, and for the list of those that have to run.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: ct, platform: windows, role: medical}, {asset: lin, platform: linux, role: client}, {asset: c, platform: windows, role: client}, {asset: d, platform: windows, role: client}]
    windows_settings: [{asset: pc, execution_control: none}, {asset: sv, execution_control: none, execution_enforced: false}, {asset: ct, execution_control: none}, {asset: lin, execution_control: none}, {asset: c}, {asset: d, execution_control: srp}]
    fails: [pc, sv]
  good:
    hosts: [{asset: a, platform: windows, role: client}, {asset: b, platform: windows, role: server}]
    windows_settings: [{asset: a, execution_control: applocker, execution_enforced: false}, {asset: b, execution_control: wdac}]
---*/
select asset, evidence
from windows_settings
where execution_control = 'none'
