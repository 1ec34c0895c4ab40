/*---
title:
  ja: ネットワークから切り離したバックアップがない
  en: No copy of the backup is cut off from the network
severity: critical
subject: asset
key: [asset]
scope: select a.asset from assets a join backup_posture p on p.asset = a.asset where a.important
why:
  ja: つながったままのバックアップは、サーバと一緒に暗号化されます。公表された被害で何度も起きています。
  en: A backup that stays connected is encrypted together with the server. It has happened again and again.
message:
  ja: "{asset}: バックアップ{copies}件のうち、切り離されていると確かめられたものがありません({told})"
  en: "{asset}: none of its {copies} backups was seen to be cut off ({told})"
fix:
  cost: low
  ja: 「抜いて交互に使うディスク」(外付け二台)が最も手軽です。今あるNASを使うなら「取るときだけつなぐNAS」にします。すでに切り離しているなら、媒体の出し入れを台帳に書き、置き場所を omamori backup verify で見せてください。台帳の言葉だけでは確かめたことになりません。
  en: Removable disks in turn (two of them) are the simplest. With a NAS you own, make it a NAS connected only while copying. Where it is cut off already, log the media going in and out and show the place to omamori backup verify; the ledger's word alone shows nothing.
ask:
  ja: 切り離した控えがあるなら、いつ、どうやって切り離しているかを画面か記録で見せてもらってください。
  en: If there is such a copy, ask to be shown, on a screen or in a record, when and how it is cut off.
equivalent:
  "offline_declared is not distinct from 'yes' -> nullsafeneq": both words mean unknown; only the reason told differs
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true}, {asset: lab, important: true}, {asset: ris, important: true}, {asset: pacs, important: true}, {asset: pc}]
    backup_posture:
      - {asset: ehr, job: a, offline: false, offline_declared: "yes", offline_by: declared}
      - {asset: ehr, job: b, offline_declared: "no"}
      - {asset: lab, job: a, offline_declared: "yes", offline_by: declared}
      - {asset: lab, job: b, offline: false}
      - {asset: ris, job: a, offline_declared: unknown}
      - {asset: pacs, job: a, offline: false}
      - {asset: pacs, job: b}
      - {asset: pc, job: a, offline: false}
    fails: [ehr]
    unknowns: [[lab], [ris], [pacs]]
  good:
    - assets: [{asset: a, important: true}, {asset: b, important: true}, {asset: c, important: true}, {asset: d, important: true}, {asset: e, important: true}]
      backup_posture:
        - {asset: a, job: x, offline: true, offline_by: medium-out}
        - {asset: a, job: y, offline: false}
        - {asset: b, job: x, offline: true, offline_by: not-reached}
        - {asset: c, job: x, offline: true, offline_by: not-mounted}
        - {asset: d, job: x, offline: true, offline_by: append-only}
        - {asset: e, job: x, offline: true, offline_by: object-lock}
        - {asset: e, job: y}
      missing: {backup_posture: [offline]}
      passes: [a, b, c, d, e]
    - assets: [{asset: a, important: true}]
      backup_posture: [{asset: a, job: x, offline_declared: "yes", offline_by: declared}]
      missing: {backup_posture: [offline]}
      unknowns: [[a]]
---*/
-- What decides is how it is known, never what the ledger says; its "no" is believed, its "yes" is not.
select asset, count(*) as copies, string_agg(regexp_replace(coalesce(offline_told, job), ': [^;]*', '', 'g'), '; ' order by job) as told,
    case when bool_and(offline is not distinct from false or offline_declared is not distinct from 'no') then null
        when bool_or(offline_declared is not distinct from 'yes') then 'declared_not_seen' else 'to_confirm' end as unknown,
    min(evidence) as evidence
from backup_posture
group by asset
having not bool_or(offline_by in ('not-reached', 'not-mounted', 'medium-out', 'append-only', 'object-lock'))
