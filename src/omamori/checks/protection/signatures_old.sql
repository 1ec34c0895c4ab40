/*---
title: {ja: ウイルス定義が1週間より古い, en: Virus definitions are over a week old}
severity: high
subject: asset
key: [asset, product]
scope: select asset from hosts where platform in ('linux', 'windows')
why:
  ja: 新しいウイルスは毎日現れます。古い定義は、去年の手配書で警備をするようなものです。
  en: New ones appear daily. Old definitions are like guarding with last year's posters.
message:
  ja: "{asset}: {product} の定義は {day} のものです"
  en: "{asset}: the definitions of {product} date from {day}"
fix:
  cost: none
  ja: 定義の更新が失敗している原因を見てください。閉じたネットワークなら、更新ファイルを週に一度USBで運ぶ手順を決めます。
  en: Find out why the update fails. On a closed network, decide who brings the files once a week.
  run: |
    Update-MpSignature   # Windows Defender
    sudo freshclam
    sudo systemctl status clamav-freshclam
ask:
  ja: 閉じたネットワークでの定義更新の方法(中継サーバ、媒体)と頻度を確認してください。
  en: Ask how definitions reach a closed network (relay, medium) and how often.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}, {asset: pc, platform: windows}, {asset: both, platform: windows}, {asset: watched, platform: windows}, {asset: swapped, platform: windows}]
    security_products:
      - {asset: ehr, name: clamav, kind: antivirus, running: true, signatures: 2026-01-23}
      - {asset: bsd, name: clamav, kind: antivirus, running: true, signatures: 2020-01-23}
      - {asset: pc, name: defender, kind: antivirus, running: false, signatures: 2025-01-23}
      - {asset: pc, name: ESET, kind: antivirus, running: false}
      - {asset: both, name: defender, kind: antivirus, running: true, signatures: 2025-01-23}
      - {asset: both, name: ESET, kind: antivirus, running: true, signatures: 2025-01-23}
      - {asset: watched, name: defender, kind: antivirus, running: false, signatures: 2025-01-23}
      - {asset: watched, name: sysmon, kind: audit, running: true}
      - {asset: swapped, name: defender, kind: antivirus, running: true, signatures: 2026-01-30}
      - {asset: swapped, name: ESET, kind: antivirus, running: false, signatures: 2025-01-23}
    fails: [[both, defender], [both, ESET], [ehr, clamav], [pc, defender], [swapped, ESET], [watched, defender]]
  good:
    hosts: [{asset: ehr, platform: linux}, {asset: pc, platform: windows}]
    security_products:
      - {asset: ehr, name: clamav, kind: antivirus, running: true, signatures: 2026-01-24}
      - {asset: ehr, name: aide, kind: integrity, running: true, signatures: 2025-06-01}
      - {asset: ehr, name: falcon, kind: edr, running: true}
      - {asset: pc, name: defender, kind: antivirus, running: false, signatures: 2025-01-23}
      - {asset: pc, name: ESET, kind: antivirus, running: true, signatures: 2026-01-30}
---*/
-- Defender that Windows holds back while another antivirus runs needs no new ones.
select p.asset, p.name as product, p.signatures as day, p.evidence
from security_products p
where p.kind = 'antivirus' and p.signatures < $now - interval 7 days
  and (p.name <> 'defender' or p.running is not false
    or not exists (select 1 from security_products o where o.asset = p.asset and o.kind = 'antivirus' and o.running))
