/*---
title:
  ja: 記録と気づきについて「いいえ」または未回答
  en: Logs and noticing, answered no or not yet
severity: medium
subject: site
key: [question]
why:
  ja: 記録を見る人がいれば、暗号化の前に気付けた例があります。
  en: Had somebody looked at the logs, it would have shown before the encryption.
message:
  ja: "「{text_ja}」→ {todo_ja}"
  en: "{text_en} -> {todo_en}"
fix:
  cost: none
  ja: 月に一度、接続の一覧を見る日を決めることから始められます。
  en: Begin with one day a month for the list of connections.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, topic: logs, answer: "no"}
      - {question: b, topic: logs, answer: unknown}
      - {question: c, topic: logs}
      - {question: d, topic: logs, answer: "yes"}
    fails: [a]
    unknowns: [[b], [c]]
  good:
    questions: [{question: a, topic: other, answer: "no"}, {question: d, topic: logs, answer: "yes"}]
---*/
select question, text_ja, text_en, todo_ja, todo_en, case when answer = 'no' then null else 'to_confirm' end as unknown, evidence
from questions
where topic = 'logs' and answer is distinct from 'yes'
