/*---
title:
  ja: 職員研修が1年以上ない
  en: No staff training for a year
severity: medium
subject: site
key: [site]
why:
  ja: 添付ファイルを開くのも、異変に最初に気付くのも職員です。年に一度の研修が求められています。
  en: Staff open the attachments and are the first to notice. One training a year is asked for.
message:
  ja: "最後の職員研修: {last}"
  en: "last staff training: {last}"
fix:
  cost: none
  ja: 国などの無料の教材を使い、実施日と人数を「研修・訓練」シートに書いてください。
  en: Use the free public material and enter day and number of participants.
examples:
  now: 2026-01-31
  bad:
    - training: [{title: a, kind: training, held: 2025-01-30}, {title: b, kind: drill, held: 2026-01-01}, {title: c, kind: training, held: 2020-01-01}]
      fails: [site]
    - training: []
      fails: [site]
  good:
    training: [{title: a, kind: training, held: 2025-01-31}, {title: c, kind: training, held: 2020-01-01}]
---*/
select 'site' as site, max(held) as last, arg_max(evidence, held) as evidence
from training
where kind = 'training'
having coalesce(max(held) < $now - interval 365 days, true)
