/*---
title:
  ja: 弱点のある機器を見ている業者から、お知らせの記録がない
  en: No notice is recorded of a vendor who looks after machines with known flaws
severity: low
subject: vendor
key: [vendor]
scope: select vendor from ledger_assets where vendor not in (select vendor from vendor_notices where vendor is not null)
why:
  ja: 弱点や更新は、その機器を作った人・入れた人が一番早く知ります。届く道がないと、病院は自分で気付くしかありません。届いていても記録していないだけのこともあります。
  en: Who made or installed a machine knows first of its flaws. Without a way for that word the hospital has to notice by itself. Perhaps notices came and were only not recorded.
message:
  ja: "{vendor}: 担当の機器に公表された弱点が {flaws} 件ありますが、お知らせの記録がありません"
  en: "{vendor}: {flaws} published flaws on its machines, and no notice of it is recorded"
fix:
  cost: none
  ja: 弱点や更新のお知らせを、どこに・どの方法で送っているかを業者に聞き、届いたものを「業者のお知らせ」シートに記録してください。
  en: Ask where and how the vendor sends notices of flaws and updates, and record what comes in the sheet of vendors' notices.
ask:
  ja: 弱点や更新のお知らせを、どなたに・どの方法で送られているかを教えてください。
  en: Ask to whom and how notices of flaws and updates are sent.
examples:
  now: 2026-01-31
  bad:
    vendors: [{vendor: A}, {vendor: B}, {vendor: C}, {vendor: D}]
    ledger_assets: [{asset: ehr, vendor: A}, {asset: pacs, vendor: B}, {asset: lab, vendor: C}, {asset: call, vendor: D}]
    vulnerabilities:
      - {asset: ehr, flaw: CVE-1}
      - {asset: ehr, flaw: CVE-1, product: other}
      - {asset: pacs, flaw: CVE-1}
      - {asset: call, flaw: CVE-2, undecided: true}
    vendor_notices: [{notice: N, vendor: B}]
    fails: [A]
    passes: [C, D]
  good:
    vendors: [{vendor: B}, {vendor: C}]
    ledger_assets: [{asset: pacs, vendor: B}, {asset: lab, vendor: C}]
    vulnerabilities: [{asset: pacs, flaw: CVE-1}]
    vendor_notices: [{notice: N, vendor: B}, {notice: M}]
---*/
select l.vendor, count(distinct v.flaw) as flaws, min(l.evidence) as evidence
from ledger_assets l
join vulnerabilities v on v.asset = l.asset and not v.undecided
group by l.vendor
