/*---
title: {ja: 業者の機器・医療機器を同意の記録なしに調べている, en: A vendor's or medical machine was looked at without recorded consent}
severity: medium
subject: asset
key: [asset]
scope: select asset from assets where platform = 'windows' and hands_off
why:
  ja: 業者が管理する機器や医療機器は、調べるだけでも相手の了解が要ります。後から「何をしたのか」と問われたとき、記録がなければ答えられません。
  en: Even looking at a vendor's machine or a medical device needs their agreement. When somebody asks later what was done, only a record answers.
message:
  ja: "{asset}: 台帳では医療機器か、業者の管理・リースです。調べる前の答えは「{answered_ja}」(答えた人: {answered_by}、同意の記録: {agreed})でした"
  en: "{asset}: medical, leased or run by a vendor in the ledger; before the look the answer was “{answered_en}” (by: {answered_by}; consent on record: {agreed})"
fix:
  cost: none
  ja: 業者か製造元に、調べてよいかと、調べた日を伝えてください。次からはキットの質問に正しい種類を答え、誰がいつ同意したかを書いてください。台帳が違うときは台帳を直してください。
  en: Tell the vendor or the maker that it was looked at and when, and ask whether that may go on. Next time answer the kit with the right kind and write down who agreed and when. Where the ledger is wrong, correct the ledger.
ask:
  ja: この機器の設定を、読み取るだけの道具で調べました。今後も調べてよいか、条件があれば教えてください。
  en: The settings of this machine were looked at with a tool that only reads. May that go on, and on what conditions?
examples:
  now: 2026-01-31
  bad:
    assets:
      - {asset: a, platform: windows, hands_off: true}
      - {asset: b, platform: windows, hands_off: true}
      - {asset: c, platform: windows, hands_off: true}
      - {asset: own, platform: windows, hands_off: false}
      - {asset: agreed, platform: windows, hands_off: true}
    consents:
      - {asset: a, machine: ordinary, answered_by: 情報課}
      - {asset: b, machine: ordinary, agreed: 情報課 2026-01-05}  # agreed to as something it is not
      - {asset: c, machine: medical, answered_by: 情報課}
      - {asset: own, machine: ordinary, answered_by: 情報課}
      - {asset: agreed, machine: vendor, answered_by: 情報課, agreed: 保守担当 2026-01-05}
    fails: [a, b, c]
  good:
    assets:
      - {asset: d, platform: windows, hands_off: true}
      - {asset: e, platform: windows, hands_off: true}
      - {asset: f, platform: linux, hands_off: true}
    consents:
      - {asset: d, machine: vendor, agreed: 保守担当 2026-01-05}
      - {asset: e, machine: medical, agreed: 製造元 2026-01-05}
    passes: [d, e]
---*/
select asset, answered_by, agreed,
  case machine when 'ordinary' then '病院の機器' when 'vendor' then '業者が管理する機器' else '医療機器' end as answered_ja,
  case machine when 'ordinary' then 'the hospital’s own' when 'vendor' then 'looked after by a vendor' else 'medical device' end as answered_en,
  evidence
from consents
where machine = 'ordinary' or agreed is null
