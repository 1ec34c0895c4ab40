/*---
title:
  ja: 媒体・持ち込み・ネットワークについて「いいえ」または未回答
  en: Devices, media and network, answered no or not yet
severity: medium
subject: site
key: [question]
why:
  ja: 閉じたネットワークにも、人の手で物が持ち込まれます。
  en: Things are carried by hand into closed networks, too.
message:
  ja: "「{text_ja}」→ {todo_ja}"
  en: "{text_en} -> {todo_en}"
fix:
  cost: none
  ja: 決まりを一枚の紙にし、図面の日付を新しくすることから始められます。
  en: Begin with a rule on one page and a drawing with today's date.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, topic: devices, answer: "no"}
      - {question: b, topic: devices, answer: unknown}
      - {question: c, topic: devices}
      - {question: d, topic: devices, answer: "yes"}
    fails: [a]
    unknowns: [[b], [c]]
  good:
    questions: [{question: a, topic: other, answer: "no"}, {question: d, topic: devices, answer: "yes"}]
---*/
select question, text_ja, text_en, todo_ja, todo_en, case when answer = 'no' then null else 'to_confirm' end as unknown, evidence
from questions
where topic = 'devices' and answer is distinct from 'yes'
