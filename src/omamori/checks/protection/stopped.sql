/*---
title: {ja: 入っている対策ソフトが止まっている, en: An installed protection product is stopped}
severity: high
subject: asset
key: [asset, product]
scope: select asset from hosts where platform in ('linux', 'windows')
why:
  ja: 攻撃者はまず対策ソフトを止めます。作業のために止めて戻し忘れた場合も、結果は同じです。
  en: Attackers stop it first. Where it was stopped for work and forgotten, the result is the same.
message:
  ja: "{asset}: {product} が入っていますが動いていません"
  en: "{asset}: {product} is installed but not running"
fix:
  cost: none
  ja: いつ止まったかをログで確かめ、動かして、起動時に始まる設定にしてください。止めた人がいなければ、連絡体制図の先に相談します。
  en: See in the log when it stopped, start it and let it start by itself. When nobody stopped it, call those on your contact list.
  run: |
    Get-MpComputerStatus   # Windows Defender
    systemctl list-unit-files --state=enabled,disabled | grep -iE 'clam|ds_agent|falcon|mdatp|sav|eset'
    sudo systemctl enable --now clamav-daemon
ask:
  ja: 止めた理由を確認し、動かせる日を決めてもらってください。
  en: Ask why it was stopped and agree on a day to start it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}, {asset: pc, platform: windows}, {asset: watched, platform: windows}, {asset: both, platform: windows}]
    security_products:
      - {asset: ehr, name: falcon, kind: edr, running: false}
      - {asset: ehr, name: clamav, kind: antivirus, running: false}
      - {asset: bsd, name: falcon, kind: edr, running: false}
      - {asset: pc, name: defender, kind: antivirus, running: false}
      - {asset: pc, name: ESET, kind: antivirus, running: false}
      - {asset: watched, name: defender, kind: antivirus, running: false}
      - {asset: watched, name: sysmon, kind: audit, running: true}
      - {asset: both, name: ESET, kind: antivirus, running: true}
      - {asset: both, name: falcon, kind: edr, running: false}
    fails: [[both, falcon], [ehr, clamav], [ehr, falcon], [pc, defender], [pc, ESET], [watched, defender]]
  good:
    hosts: [{asset: ehr, platform: linux}, {asset: pc, platform: windows}]
    security_products:
      - {asset: ehr, name: falcon, kind: edr, running: true}
      - {asset: ehr, name: fail2ban, kind: blocker, running: false}
      - {asset: pc, name: defender, kind: antivirus, running: false}
      - {asset: pc, name: ESET, kind: antivirus, running: true}
---*/
-- Windows itself holds Defender back while another antivirus runs.
select p.asset, p.name as product, p.evidence
from security_products p
where p.kind in ('antivirus', 'edr') and not p.running
  and (p.name <> 'defender' or not exists (select 1 from security_products o where o.asset = p.asset and o.kind = 'antivirus' and o.running))
