/*---
title: {ja: 控えの置き場所に、ゾーンや外部の入口から届く, en: Zones or ways in reach the place that keeps the backup}
severity: high
subject: asset
key: [asset, job]
scope: select asset from backup_posture
why:
  ja: 端末が一台感染すれば、そこから届くバックアップサーバも同じ夜に狙われます。公表された被害では、控えの置き場所が部門の端末と同じように届きました。
  en: When one PC is infected, a backup server it can reach is attacked the same night. In published incidents the copies could be reached just as the department's PCs could.
message:
  ja: "{asset}: バックアップ {job} の置き場所 {target} に、{first} など{places}か所から届きます({reached_by})"
  en: "{asset}: {target}, which keeps backup {job}, is reached from {places} places, {first} among them ({reached_by})"
fix:
  cost: none
  ja: 今あるルータかスイッチの規則で、置き場所に届く相手をバックアップを取るサーバだけに絞ってください。さらに確実なのは、置き場所の側から取りに行く「取りに来るバックアップサーバ」です。
  en: With the rules of the router or switch you own, let only the servers that are backed up reach it. Surer still is a backup server that fetches.
ask:
  ja: 置き場所に届く必要がある機器とポートの一覧をもらい、ほかを閉じてよいかを確認してください。
  en: Ask for the list of machines and ports that need to reach it, and whether all others may be closed.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: night, target: nas, reached_from: "department, vpn", reached_by: sw1 tcp/445, offline: false}
      - {asset: ehr, job: week, reached_from: ""}
      - {asset: lab, job: night, reached_from: department, offline: true, offline_by: append-only}
      - {asset: ris, job: night, reached_from: department, offline: true, offline_by: object-lock}
      - {asset: old, job: night, reached_from: department, offline_by: declared}
    fails: [[ehr, night], [old, night]]
  good:
    - backup_posture: [{asset: ehr, job: night, reached_from: "", offline: true, offline_by: not-reached}]
      passes: [ehr]
    - backup_posture: [{asset: ehr, job: night}]
      missing: {backup_posture: [reached_from]}
      unknowns: [ehr]
---*/
-- Where nobody can delete a copy over the network, being reached takes nothing away from it.
select asset, job, target, split_part(reached_from, ',', 1) as first, len(string_split(reached_from, ',')) as places, reached_by, evidence
from backup_posture
where reached_from <> '' and offline_by not in ('append-only', 'object-lock')
