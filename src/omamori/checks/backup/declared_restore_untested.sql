/*---
title:
  ja: 復元を1年以上試していない
  en: No restore tried for a year
severity: high
subject: asset
key: [asset]
scope: select asset from declared_backups
why:
  ja: 戻せないバックアップは、取っていないのと同じです。試して初めて分かります。
  en: A backup that cannot be restored is none. Only trying tells.
message:
  ja: "{asset}: 最後の復元テスト: {last}"
  en: "{asset}: last restore test: {last}"
fix:
  cost: none
  ja: 一つのファイルを別の場所に戻すことから始め、日付を台帳に書いてください。
  en: Begin by restoring one file elsewhere and enter the date.
ask:
  ja: 業者に、年に一度の復元テストへの立会いを依頼してください。
  en: Ask the vendor for one restore test a year, with you present.
examples:
  now: 2026-01-31
  bad:
    declared_backups:
      - {asset: ehr, job: a, last_restore_test: 2025-01-30}
      - {asset: ehr, job: b}
      - {asset: lab, job: a}
    assets: [{asset: ehr}, {asset: lab}, {asset: pc}]
    fails: [ehr]
    unknowns: [[lab]]
  good:
    assets: [{asset: ehr}, {asset: pc}]
    declared_backups: [{asset: ehr, job: a, last_restore_test: 2025-01-31}, {asset: ehr, job: b}]
---*/
select asset, max(last_restore_test) as last, if(max(last_restore_test) is null, 'to_confirm', null) as unknown, min(evidence) as evidence
from declared_backups
group by asset
having max(last_restore_test) is null or max(last_restore_test) < $now - interval 365 days
