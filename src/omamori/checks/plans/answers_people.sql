/*---
title:
  ja: 体制と決まりについて「いいえ」または未回答
  en: People and rules, answered no or not yet
severity: medium
subject: site
key: [question]
why:
  ja: 一人だけが知っていることは、その人がいない日に誰も知りません。
  en: What one person knows nobody knows on that person's day off.
message:
  ja: "「{text_ja}」→ {todo_ja}"
  en: "{text_en} -> {todo_en}"
fix:
  cost: none
  ja: 任命・分担・記録を一つずつ文書にしてください。
  en: Put appointment, duties and records into writing, one by one.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, topic: people, answer: "no"}
      - {question: b, topic: people, answer: unknown}
      - {question: c, topic: people}
      - {question: d, topic: people, answer: "yes"}
    fails: [a]
    unknowns: [[b], [c]]
  good:
    questions: [{question: a, topic: other, answer: "no"}, {question: d, topic: people, answer: "yes"}]
---*/
select question, text_ja, text_en, todo_ja, todo_en, case when answer = 'no' then null else 'to_confirm' end as unknown, evidence
from questions
where topic = 'people' and answer is distinct from 'yes'
