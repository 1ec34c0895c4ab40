/*---
title:
  ja: 30日を過ぎても返答していない業者のお知らせ
  en: A vendor's notice not answered for more than 30 days
severity: medium
subject: site
key: [notice]
why:
  ja: お知らせに返事をしないと、業者は更新の日を決められず、弱点がそのまま残ります。
  en: Without an answer the vendor cannot set a day for the update, and the flaw stays.
message:
  ja: "「{notice}」({vendor}): 受け取ったのは {received}、まだ返答がありません"
  en: "{notice} ({vendor}): received on {received}, not answered yet"
fix:
  cost: none
  ja: 対象の機器と業務への影響を業者と確かめ、どうするかを返答して、「業者のお知らせ」シートに書いてください。
  en: Settle with the vendor which machines are meant and what stops, answer it, and enter it in the sheet of vendors' notices.
ask:
  ja: 業者に、このお知らせが当院のどの機器に当たるか、更新してよいか、それまで何で守るかを確認してください。
  en: Ask which of our machines the notice is about, whether they may be updated, and what protects meanwhile.
examples:
  now: 2026-01-31
  bad:
    vendor_notices:
      - {notice: A, received: 2025-12-31}
      - {notice: B, received: 2026-01-01}
      - {notice: C, received: 2025-06-01, answered: 2025-06-10}
      - {notice: D, received: 2025-06-01, decision: done}
      - {notice: E, received: 2025-06-01, decision: not-concerned}
      - {notice: F, received: 2025-06-01, decision: update}
      - {notice: G}
    fails: [A, F]
    unknowns: [[G]]
  good:
    vendor_notices: [{notice: A, received: 2026-01-01}, {notice: C, received: 2025-06-01, answered: 2025-06-10}]
---*/
select notice, coalesce(vendor, '-') as vendor, received, evidence, case when received is null then 'to_confirm' end as unknown
from vendor_notices
where answered is null and coalesce(decision, '') not in ('done', 'not-concerned')
  and (received is null or received < $now - interval 30 days)
