/*---
title:
  ja: サイバー攻撃の訓練が1年以上ない
  en: No drill for a year
severity: high
subject: site
key: [site]
why:
  ja: 計画は、やってみて初めて足りないものが分かります。年に一度の訓練が求められています。
  en: Only a drill shows what a plan lacks. One a year is asked for.
message:
  ja: "訓練の記録がこの1年にありません({trainings}件の記録のうち、訓練は0件)"
  en: "no drill within a year ({trainings} entries, none of them a recent drill)"
fix:
  cost: none
  ja: 一時間の机上訓練から始めてください。題は「月曜の朝、電子カルテが開かない」。遮断の訓練(omamori isolate drill)をしたら、日付と人数を「研修・訓練」に書いてください。
  en: Begin with one hour around a table. On Monday morning the EHR does not open. After a drill of the block (omamori isolate drill) enter the day and who took part in the sheet of trainings.
examples:
  now: 2026-01-31
  bad:
    training: [{title: a, kind: drill, held: 2025-01-30}, {title: b, kind: training, held: 2026-01-01}, {title: c, kind: drill}]
    fails: [site]
  good:
    training: [{title: a, kind: drill, held: 2025-01-31}, {title: b, kind: training, held: 2026-01-01}]
---*/
select 'site' as site, count(*) as trainings, min(evidence) as evidence
from training
having count(*) filter (kind = 'drill' and held >= $now - interval 365 days) = 0
