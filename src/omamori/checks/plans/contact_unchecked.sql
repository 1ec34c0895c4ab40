/*---
title:
  ja: 1年以上確かめていない連絡先
  en: A contact not checked for a year
severity: low
subject: site
key: [duty]
why:
  ja: 担当者も番号も変わります。つながらない番号は、一番急ぐときに見つかります。
  en: People and numbers change, and it shows when there is no time.
message:
  ja: "{duty}: 最後に確かめた日: {checked}"
  en: "{duty}: last checked: {checked}"
fix:
  cost: none
  ja: 一度かけて確かめ、日付を書き直してください。
  en: Call once and enter the day.
examples:
  now: 2026-01-31
  bad:
    contacts: [{duty: police, checked: 2025-01-30}, {duty: vendor}]
    fails: [police]
    unknowns: [[vendor]]
  good:
    contacts: [{duty: police, checked: 2025-01-31}]
---*/
select duty, checked, case when checked is null then 'to_confirm' end as unknown, evidence
from contacts
where checked is null or checked < $now - interval 365 days
