/*---
title:
  ja: 更新と対策ソフトについて「いいえ」または未回答
  en: Updates and protection, answered no or not yet
severity: high
subject: site
key: [question]
why:
  ja: 対策ソフトは、見る人と消せない設定があって初めて働きます。
  en: Protection works only when somebody looks and nobody can remove it.
message:
  ja: "「{text_ja}」→ {todo_ja}"
  en: "{text_en} -> {todo_en}"
fix:
  cost: none
  ja: 対策ソフトの管理画面で設定を一つ変えることから始められます。
  en: Begin with one setting in the console of the antivirus.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, topic: protection, answer: "no"}
      - {question: b, topic: protection, answer: unknown}
      - {question: c, topic: protection}
      - {question: d, topic: protection, answer: "yes"}
    fails: [a]
    unknowns: [[b], [c]]
  good:
    questions: [{question: a, topic: other, answer: "no"}, {question: d, topic: protection, answer: "yes"}]
---*/
select question, text_ja, text_en, todo_ja, todo_en, case when answer = 'no' then null else 'to_confirm' end as unknown, evidence
from questions
where topic = 'protection' and answer is distinct from 'yes'
