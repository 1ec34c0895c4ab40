/*---
title:
  ja: 次の訓練の日が決まっていない
  en: No drill has a day
severity: medium
subject: site
key: [site]
why:
  ja: 日付のない訓練は、忙しい年には行われません。小さな訓練(一つ戻す、抜く場所まで歩く、紙で半日)を暦に入れることが始まりです。
  en: A drill without a day is not held in a busy year. Put small ones into the calendar. Restore one file, walk to the cables, half a day on paper.
message:
  ja: "これからの訓練の予定が台帳にありません({trainings}件の記録)"
  en: "the ledger names no day for a coming drill ({trainings} entries)"
fix:
  cost: none
  ja: 「研修・訓練」シートの「次回の予定日」に、一つでも日付を入れてください。omamori papers --only day に一年分の案があります。
  en: Enter a day for one drill in the sheet of trainings. omamori papers --only day suggests a year of small ones.
examples:
  now: "2026-01-31 12:00:00"
  bad:
    training:
      - {title: a, kind: drill, held: 2025-12-01, planned: 2026-01-30}
      - {title: b, kind: training, planned: 2026-06-01}
      - {title: c, kind: drill}
    fails: [site]
  good:
    training: [{title: a, kind: drill, planned: 2026-01-31}, {title: b, kind: training}]
---*/
select 'site' as site, count(*) as trainings, min(evidence) as evidence
from training
having count(*) filter (kind = 'drill' and planned >= date_trunc('day', $now)) = 0
