/*---
title: {ja: 重要な機器で操作の記録(auditd)が動いていない, en: The audit log is off on an important machine}
severity: low
subject: asset
key: [asset]
scope: select asset from assets where important and platform = 'linux'
why:
  ja: 誰がいつ権限を使い、どの設定を変えたかは、普通のログには残りません。
  en: Who used which right, and who changed a setting, is not in the ordinary log.
message:
  ja: "{asset}: auditd が動いていません(状態: {mode})"
  en: "{asset}: auditd is not at work (mode: {mode})"
fix:
  cost: none
  ja: auditd を入れて動かしてください。標準の規則だけで十分です。
  en: Install and start auditd; the standard rules will do.
  run: |
    sudo apt install auditd
    sudo dnf install audit && sudo systemctl enable --now auditd
ask:
  ja: auditd を動かしてよいか、動作が遅くなる心配があるかを確認してください。
  en: Ask whether auditd may run and whether it would slow anything.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true, platform: linux}, {asset: lab, important: true, platform: linux}, {asset: pc, platform: linux}, {asset: win, important: true, platform: windows}]
    security_products: [{asset: lab, name: auditd, kind: audit, running: true, mode: disabled}, {asset: ehr, name: clamav, kind: antivirus, running: true}]
    fails: [ehr, lab]
  good:
    assets: [{asset: ehr, important: true, platform: linux}, {asset: lab, important: true, platform: linux}]
    security_products: [{asset: ehr, name: auditd, kind: audit, running: true, mode: active}, {asset: lab, name: auditd, kind: audit, running: true}]
---*/
select a.asset, p.mode, p.evidence
from assets a
left join security_products p on p.asset = a.asset and p.kind = 'audit'
where p.running is not true or p.mode = 'disabled'
