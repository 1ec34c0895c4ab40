/*---
title:
  ja: パスワードと権限について「いいえ」または未回答
  en: Passwords and rights, answered no or not yet
severity: high
subject: site
key: [question]
why:
  ja: 一つのパスワードが、一台の被害を病院全体の被害に変えました。
  en: One password turned trouble on one machine into trouble everywhere.
message:
  ja: "「{text_ja}」→ {todo_ja}"
  en: "{text_en} -> {todo_en}"
fix:
  cost: none
  ja: サーバの管理者パスワードから順に、費用をかけずに変えられます。
  en: Begin with the administrators of the servers; it costs nothing.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, topic: passwords, answer: "no"}
      - {question: b, topic: passwords, answer: unknown}
      - {question: c, topic: passwords}
      - {question: d, topic: passwords, answer: "yes"}
    fails: [a]
    unknowns: [[b], [c]]
  good:
    questions: [{question: a, topic: other, answer: "no"}, {question: d, topic: passwords, answer: "yes"}]
---*/
select question, text_ja, text_en, todo_ja, todo_en, case when answer = 'no' then null else 'to_confirm' end as unknown, evidence
from questions
where topic = 'passwords' and answer is distinct from 'yes'
