/*---
title:
  ja: 復元を1年以上試していない
  en: No restore tried for a year
severity: high
subject: asset
key: [asset]
scope: select asset from backup_posture
why:
  ja: 戻せないバックアップは、取っていないのと同じです。試して初めて分かります。
  en: A backup that cannot be restored is none. Only trying tells.
message:
  ja: "{asset}: 最後に復元が証明された日: {proven}(台帳を含む最後の復元: {last})"
  en: "{asset}: last restore that was proven: {proven} (last one, the ledger included: {last})"
fix:
  cost: none
  ja: 一つのファイルを別の場所に戻すことから始めてください。omamori backup prove は、別の場所に戻して中身を比べ、日付のある記録を残します。
  en: Begin by restoring one file elsewhere. omamori backup prove restores into another place, compares the contents and leaves a dated record.
  run: omamori backup prove PLACE --sample 5%
ask:
  ja: 業者に、年に一度の復元テストへの立会いを依頼してください。
  en: Ask the vendor for one restore test a year, with you present.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: a, restored: 2025-01-30, restored_proven: true}
      - {asset: ehr, job: b}
      - {asset: lab, job: a}
      - {asset: ris, job: a, restored: 2025-01-31}
      - {asset: old, job: a, restored: 2025-01-30}
      - {asset: mix, job: a, restored: 2025-01-30, restored_proven: true}
      - {asset: mix, job: b, restored: 2026-01-30}
    assets: [{asset: ehr}, {asset: lab}, {asset: ris}, {asset: old}, {asset: mix}, {asset: pc}]
    fails: [ehr, old]
    unknowns: [[lab], [ris], [mix]]
  good:
    assets: [{asset: ehr}, {asset: pc}]
    backup_posture: [{asset: ehr, job: a, restored: 2025-01-31, restored_proven: true}, {asset: ehr, job: b}]
---*/
-- A restore the ledger tells of is not a proof; a restore nobody tells of may have been done.
select asset, max(case when restored_proven then restored end) as proven, max(restored) as last,
    case when max(restored) is null then 'to_confirm' when max(restored) >= $now - interval 365 days then 'declared_not_seen' end as unknown,
    min(evidence) as evidence
from backup_posture
group by asset
having coalesce(max(restored) filter (restored_proven), timestamp '1970-01-01') < $now - interval 365 days
