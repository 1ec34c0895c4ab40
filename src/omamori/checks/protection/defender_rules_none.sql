/*---
title: {ja: 攻撃でよく使われる動きを止める規則が一つも使われていない, en: Not one rule against the usual moves of attacks is used}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: Officeから別のプログラムを始める、メールの添付を動かすといった、攻撃の決まった動きを止める規則がDefenderに付いています。パッチを当てられない機器の代わりの守りにもなります。
  en: Defender comes with rules that stop the usual moves of attacks, such as Office starting other programs. They also help where patches cannot be installed.
message:
  ja: "{asset}: Defenderが動いていますが、止める規則(ASR)が {rules} 件です"
  en: "{asset}: Defender runs with {rules} rules (ASR) that block"
fix:
  cost: none
  ja: まず「監査」にして記録を見てから、害の少ないもの(Officeが子プロセスを作ることの禁止、LSASSからの盗み出しの禁止など)を「ブロック」にしてください。
  en: Let them audit first and look at the log, then let the harmless ones block, such as Office starting programs or theft from LSASS.
  run: |
    Add-MpPreference -AttackSurfaceReductionRules_Ids d4f940ab-401b-4efc-aadc-ad5f3c50688a -AttackSurfaceReductionRules_Actions AuditMode
    Get-WinEvent -LogName "Microsoft-Windows-Windows Defender/Operational" | Where-Object Id -eq 1122   # what would be blocked
ask:
  ja: この規則で止まる業務ソフトの動きがないかを確認してください。
  en: Ask whether some function of the product would be stopped by these rules.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: new, platform: windows}, {asset: other, platform: windows}, {asset: shut, platform: windows}, {asset: lin, platform: linux}]
    windows_settings: [{asset: pc, defender_asr_rules: 0}, {asset: new, defender_asr_rules: 1}, {asset: other, defender_asr_rules: 0}, {asset: shut, defender_asr_rules: 0}, {asset: lin, defender_asr_rules: 0}]
    security_products:
      - {asset: pc, name: defender, kind: antivirus, running: true}
      - {asset: new, name: defender, kind: antivirus, running: true}
      - {asset: other, name: ESET, kind: antivirus, running: true}
      - {asset: shut, name: defender, kind: antivirus, running: false}
      - {asset: lin, name: defender, kind: antivirus, running: true}
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, defender_asr_rules: 1}]
    security_products: [{asset: pc, name: defender, kind: antivirus, running: true}]
    passes: [pc]
---*/
select s.asset, s.defender_asr_rules as rules, s.evidence
from windows_settings s
join security_products p on p.asset = s.asset and p.name = 'defender' and p.running
where s.defender_asr_rules = 0
