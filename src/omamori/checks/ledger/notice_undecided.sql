/*---
title:
  ja: 当院の機器に当たるお知らせで、どうするか決めていないもの
  en: A notice that is about a machine here, and nobody has decided
severity: medium
subject: site
key: [notice, asset]
why:
  ja: お知らせは、弱点が公になった合図です。更新する、代わりに守る、対象外とする、のどれかを決めて初めて終わります。
  en: A notice tells that a flaw is public. It is done with only when it is settled to update, to protect another way, or that it is not meant.
message:
  ja: "{asset}: 「{notice}」に当たります({matched})。どうするか決まっていません"
  en: "{asset}: {notice} is about it ({matched}); nothing is decided yet"
fix:
  cost: none
  ja: 「業者のお知らせ」シートに一行足し、対象の機器と「決めたこと」を書いてください。業者の機器は照会書で聞けます。
  en: Add a row to the sheet of vendors' notices with the machine and the decision. The inquiry asks the vendor about its machines.
ask:
  ja: 業者に、このお知らせがこの機器に当たるか、更新してよいか、いつまでか、それまで何で守るかを確認してください。
  en: Ask whether the notice is about this machine, whether it may be updated, by when, and what protects meanwhile.
examples:
  now: 2026-01-31
  bad:
    notice_matches:
      - {asset: fw, notice: A, matched: named}
      - {asset: fw, notice: B, decision: update}
      - {asset: pc, notice: A, undecided: true}
    fails: [[A, fw]]
    unknowns: [[A, pc]]
  good:
    notice_matches: [{asset: fw, notice: B, decision: not-concerned}]
---*/
select notice, asset, matched, evidence, case when undecided then 'to_confirm' end as unknown
from notice_matches
where decision is null
