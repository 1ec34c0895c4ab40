/*---
title:
  ja: 1年以上前の回答
  en: An answer older than a year
severity: low
subject: site
key: [question]
why:
  ja: 去年の「はい」は、人も機器も替わった今年の「はい」ではありません。
  en: People and machines have changed since last year's answer.
message:
  ja: "「{text_ja}」の回答日: {answered_on}"
  en: "\"{text_en}\" was answered: {answered_on}"
fix:
  cost: none
  ja: 「質問」シートを読み直し、変わりがなくても日付を書き直してください。
  en: Read the sheet of questions again and renew the date, even where nothing changed.
examples:
  now: 2026-01-31
  bad:
    questions:
      - {question: a, answer: "yes", answered_on: 2025-01-30}
      - {question: b, answer: "yes"}
      - {question: c}
    fails: [a]
    unknowns: [[b]]
  good:
    questions: [{question: a, answer: "yes", answered_on: 2025-01-31}, {question: c, answered_on: 2020-01-01}]
---*/
select question, text_ja, text_en, answered_on, if(answered_on is null, 'to_confirm', null) as unknown, evidence
from questions
where answer is not null and (answered_on is null or answered_on < $now - interval 365 days)
