/*---
title:
  ja: 回答者の名前がない「はい」
  en: A yes nobody put a name to
severity: low
subject: site
key: [question]
why:
  ja: 「はい」は、名前のある人が確かめて初めて根拠になります。
  en: A yes counts when somebody with a name has checked it.
message:
  ja: "「{text_ja}」の「はい」に回答者の名前がありません"
  en: "nobody's name stands by the yes to \"{text_en}\""
fix:
  cost: none
  ja: 確かめた人の氏名か役職を「回答者」に書いてください。
  en: Enter name or post of whoever checked it.
examples:
  now: 2026-01-31
  bad:
    questions: [{question: a, answer: "yes"}, {question: b, answer: "no"}, {question: c, answer: "yes", answered_by: x}]
    fails: [a]
  good:
    questions: [{question: b, answer: "no"}, {question: c, answer: "yes", answered_by: x}]
---*/
select question, text_ja, text_en, evidence
from questions
where answered_by is null and answer = 'yes'
