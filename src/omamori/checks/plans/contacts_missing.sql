/*---
title:
  ja: 非常時の連絡先が足りない
  en: An emergency contact is missing
severity: high
subject: site
key: [needed]
why:
  ja: 最初の一時間に電話する先は決まっています。業者、警察、厚生労働省です。
  en: It is known whom to call in the first hour. The vendor, the police and the ministry.
message:
  ja: "「連絡先」シートに {needed} の電話番号がありません"
  en: "no telephone number of {needed_en} in the sheet of contacts"
fix:
  cost: none
  ja: 都道府県警のサイバー窓口、厚生労働省の医療機関向け窓口、保守業者の時間外窓口の番号を書いてください。
  en: Enter the police's cyber desk, the ministry's desk for hospitals and the vendor's number outside hours.
examples:
  now: 2026-01-31
  bad:
    contacts:
      - {duty: 警察(サイバー), phone: 00-0000-0000}
      - {duty: 保守業者}
    fails: [厚生労働省, 保守業者]
  good:
    - contacts:
        - {duty: 警察(サイバー), phone: 00-0000-0000}
        - {duty: 厚労省 医政局, phone: 00-0000-0000}
        - {duty: 電子カルテ ベンダー, phone: 00-0000-0000}
    - contacts:
        - {duty: Police, phone: 00-0000-0000}
        - {duty: Ministry of Health, phone: 00-0000-0000}
        - {duty: EHR vendor, phone: 00-0000-0000}
---*/
with needed as (
  select unnest(['警察', '厚生労働省', '保守業者']) as needed,
    unnest(['the police', 'the ministry', 'a vendor']) as needed_en,
    unnest(['警察|県警|police', '厚生|厚労|ministry', '業者|ベンダ|保守|vendor']) as pattern
)
select n.needed, n.needed_en
from needed n
where not exists (select 1 from contacts c where c.phone is not null and regexp_matches(lower(c.duty), n.pattern))
