/*---
title:
  ja: 紙で持っていない連絡先
  en: A contact that is not on paper
severity: medium
subject: site
key: [duty]
why:
  ja: システムが止まった日に、システムの中の連絡先は開けません。
  en: On the day the systems stop, contacts stored in them cannot be read.
message:
  ja: "{duty}: 紙で保管していません"
  en: "{duty}: not kept on paper"
fix:
  cost: none
  ja: 「連絡先」シートを印刷して、当直室・受付・サーバ室に置いてください。
  en: Print the sheet of contacts for the duty room, the reception and the server room.
examples:
  now: 2026-01-31
  bad:
    contacts: [{duty: police, on_paper: "no"}, {duty: vendor}]
    fails: [police]
    unknowns: [[vendor]]
  good:
    contacts: [{duty: police, on_paper: "yes"}]
---*/
select duty, if(on_paper = 'no', null, 'to_confirm') as unknown, evidence from contacts where on_paper is distinct from 'yes'
