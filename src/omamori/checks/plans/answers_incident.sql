/*---
title:
  ja: 非常時の備えについて「いいえ」または未回答
  en: Emergency, answered no or not yet
severity: high
subject: site
key: [question]
why:
  ja: 最初の一時間に決めることは、平時にしか決められません。
  en: What is decided in the first hour can only be settled before.
message:
  ja: "「{text_ja}」→ {todo_ja}"
  en: "{text_en} -> {todo_en}"
fix:
  cost: none
  ja: 紙一枚の手順と連絡先から始めてください。
  en: Begin with one page of steps and contacts.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, topic: incident, answer: "no"}
      - {question: b, topic: incident, answer: unknown}
      - {question: c, topic: incident}
      - {question: d, topic: incident, answer: "yes"}
    fails: [a]
    unknowns: [[b], [c]]
  good:
    questions: [{question: a, topic: other, answer: "no"}, {question: d, topic: incident, answer: "yes"}]
---*/
select question, text_ja, text_en, todo_ja, todo_en, case when answer = 'no' then null else 'to_confirm' end as unknown, evidence
from questions
where topic = 'incident' and answer is distinct from 'yes'
