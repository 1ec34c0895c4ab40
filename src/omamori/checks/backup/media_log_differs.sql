/*---
title: {ja: 台帳の「最後に切り離した日」が、媒体の記録と違う, en: "The ledger's last offline copy differs from the log of media"}
severity: medium
subject: asset
key: [asset, job]
scope: select asset from declared_backups where offline = 'yes' and medium in ('disk', 'tape')
why:
  ja: 外したつもりの媒体が装置に入ったままだと、その日の控えもつながったままです。
  en: A medium that was believed to be out and stayed in its drive was connected on the day.
message:
  ja: "{asset}: バックアップ {job} は、台帳では {said} に切り離したことになっていますが、媒体の記録で最後に外した日は {logged} です"
  en: "{asset}: by the ledger backup {job} was taken off line on {said}; by the log of media a medium was last taken out on {logged}"
fix:
  cost: none
  ja: 媒体を見に行き、どちらが正しいかを確かめて、違う方を直してください。外した日はその場で書けるよう、記録の紙を装置に貼ります。
  en: Go and look at the media, see which is right, and correct the other. Put the log on the device, so that it is written there and then.
ask:
  ja: 媒体の出し入れを業者が行っているなら、その記録をもらってください。
  en: Where the vendor changes the media, ask for the record.
examples:
  now: 2026-01-31
  bad:
    declared_backups:
      - {asset: ehr, job: a, offline: "yes", medium: disk, last_offline: 2026-01-20}
      - {asset: lab, job: a, offline: "yes", medium: tape, last_offline: 2026-01-20}
      - {asset: nas, job: a, offline: "yes", medium: disk, last_offline: 2026-01-20}
      - {asset: net, job: a, offline: "yes", medium: worm, last_offline: 2026-01-20}
      - {asset: pax, job: a, offline: "yes", medium: disk, last_offline: 2026-01-20}
      - {asset: pax, job: c, offline: "no", medium: disk, last_offline: 2026-01-21}
      - {asset: pax, job: d, offline: "yes", medium: worm, last_offline: 2026-01-21}
      - {asset: pax, job: e, offline: "yes", medium: disk}
      - {asset: ris, job: a, offline: "no", medium: disk, last_offline: 2026-01-20}
      - {asset: sp, job: a, offline: "yes", medium: disk, last_offline: 2026-01-20}
    backup_media:
      - {asset: ehr, job: a, medium: r1, taken_out: 2026-01-10}
      - {asset: ehr, job: b, medium: r9, taken_out: 2026-01-25}
      - {asset: lab, job: a, medium: r2, written: 2026-01-20}
      - {asset: nas, medium: r8, taken_out: 2026-01-12}
      - {asset: net, medium: r0, taken_out: 2026-01-12}
      - {asset: pax, job: a, medium: r4, taken_out: 2026-01-20}
      - {asset: pax, job: c, medium: r7, taken_out: 2026-01-12}
      - {asset: pax, job: d, medium: r7, taken_out: 2026-01-12}
      - {asset: ris, job: a, medium: r3, taken_out: 2026-01-10}
      - {asset: sp, job: z, medium: r9, taken_out: 2026-01-12}
    fails: [[ehr, a], [lab, a], [nas, a]]
    unknowns: [[sp, a]]
    passes: [pax]
  good:
    declared_backups: [{asset: ehr, job: a, offline: "yes", medium: disk, last_offline: 2026-01-20}]
    backup_media: [{asset: ehr, job: a, medium: r1, taken_out: 2026-01-10}, {asset: ehr, job: a, medium: r2, taken_out: 2026-01-20}]
---*/
select d.asset, d.job, d.last_offline as said, max(m.taken_out) as logged,
    case when count(m.medium) = 0 then 'to_confirm' end as unknown, min(d.evidence) as evidence
from declared_backups d
left join backup_media m on m.asset = d.asset and coalesce(m.job, d.job) = d.job
where d.offline = 'yes' and d.medium in ('disk', 'tape')
group by d.asset, d.job, d.last_offline
having d.last_offline > coalesce(max(m.taken_out), date '1970-01-01')
