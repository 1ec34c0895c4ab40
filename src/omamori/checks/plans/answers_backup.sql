/*---
title:
  ja: バックアップについて「いいえ」または未回答
  en: Backup, answered no or not yet
severity: critical
subject: site
key: [question]
why:
  ja: 元に戻せるかどうかは、起きる前の確かめ方で決まります。
  en: Whether there is a way back is decided by what was checked before.
message:
  ja: "「{text_ja}」→ {todo_ja}"
  en: "{text_en} -> {todo_en}"
fix:
  cost: none
  ja: 一つのファイルを戻してみることから始めてください。
  en: Begin by restoring one file.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, topic: backup, answer: "no"}
      - {question: b, topic: backup, answer: unknown}
      - {question: c, topic: backup}
      - {question: d, topic: backup, answer: "yes"}
    fails: [a]
    unknowns: [[b], [c]]
  good:
    questions: [{question: a, topic: other, answer: "no"}, {question: d, topic: backup, answer: "yes"}]
---*/
select question, text_ja, text_en, todo_ja, todo_en, case when answer = 'no' then null else 'to_confirm' end as unknown, evidence
from questions
where topic = 'backup' and answer is distinct from 'yes'
