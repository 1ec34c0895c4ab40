/*---
title:
  ja: 何を切っても止めない通信が決まっていない
  en: Nobody has said what must never be blocked
severity: medium
subject: site
key: [list]
why:
  ja: 攻撃の広がりを止めるために切ると、アラームや人工呼吸の見守りまで止まることがあります。止めてはならない通信は、平時に診療の責任者が決めておくものです。
  en: Cutting stops the spread, and may stop alarms and monitoring with it. What must go on is for who answers for the care to decide, on a quiet day.
message:
  ja: "「止めない通信」シートに一つも書かれていません"
  en: "the sheet of what is never blocked is empty"
fix:
  cost: none
  ja: 診療・看護・検査・薬剤の責任者と話し、止めると患者に害が及ぶ通信を「止めない通信」シートに書いてください。相手の機器と、理由と、決めた人も書きます。
  en: Talk to those who answer for care, nursing, laboratory and pharmacy, and enter in the sheet what would harm patients when it stops, between which machines, why, and who decided.
examples:
  now: 2026-01-31
  bad:
    never_blocked: []
    fails: [never-blocked]
  good:
    never_blocked: [{flow: alarms}]
---*/
with needed as (select 'never-blocked' as list)
select n.list
from needed n
where not exists (select 1 from never_blocked)
