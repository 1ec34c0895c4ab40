/*---
title:
  ja: 外部接続について「いいえ」または未回答
  en: Outside lines, answered no or not yet
severity: high
subject: site
key: [question]
why:
  ja: 被害の入口は、ほとんどが外部接続でした。
  en: Most incidents came in by an outside line.
message:
  ja: "「{text_ja}」→ {todo_ja}"
  en: "{text_en} -> {todo_en}"
fix:
  cost: none
  ja: 下の一つひとつに、まずできることが書いてあります。業者への質問は一通のメールにまとめられます。
  en: Each line below names a first step. The questions to vendors fit into one mail.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, topic: lines, answer: "no"}
      - {question: b, topic: lines, answer: unknown}
      - {question: c, topic: lines}
      - {question: d, topic: lines, answer: "yes"}
    fails: [a]
    unknowns: [[b], [c]]
  good:
    questions: [{question: a, topic: other, answer: "no"}, {question: d, topic: lines, answer: "yes"}]
---*/
select question, text_ja, text_en, todo_ja, todo_en, case when answer = 'no' then null else 'to_confirm' end as unknown, evidence
from questions
where topic = 'lines' and answer is distinct from 'yes'
