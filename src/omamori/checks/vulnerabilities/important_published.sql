/*---
title: {ja: 大切な機器に、公表された弱点が残っている, en: A published flaw is open on an important machine}
severity: medium
subject: asset
key: [asset, flaw]
scope: select asset from assets where important
why:
  ja: まだ攻撃の報告はなくても、手順が公開された弱点は、やがて使われます。止まると診療が止まる機器から直します。
  en: No attack is reported yet, but what is published gets used. Mend the machines first without which care stops.
message:
  ja: "{asset}: {product} に {flaw} があります。{fixed} で直ります"
  en: "{asset}: {product} has {flaw}; repaired in {fixed}"
fix:
  cost: none
  ja: 次の保守日に更新を適用してください。
  en: Install the updates on the next day of maintenance.
ask:
  ja: この弱点の修正をいつ適用するか教えてください。
  en: When will you install the repair of this flaw?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, important: true}, {asset: b, important: true}]
    vulnerabilities:
      - {asset: a, flaw: CVE-2024-6387, product: openssh, fixed: 9.8p1, exploited: false}
      - {asset: b, flaw: CVE-2024-6387, product: openssh, fixed: 9.8p1, exploited: false, undecided: true}
    fails: [[a, CVE-2024-6387]]
    passes: [b]
  good:
    assets: [{asset: c, important: true}, {asset: d, important: false}]
    vulnerabilities:
      - {asset: c, flaw: CVE-2021-3156, product: sudo, fixed: 1.9.5p2, exploited: true}
      - {asset: d, flaw: CVE-2024-6387, product: openssh, fixed: 9.8p1, exploited: false}
    passes: [c]
---*/
select asset, flaw, product, fixed, evidence
from vulnerabilities
where not exploited and not undecided
