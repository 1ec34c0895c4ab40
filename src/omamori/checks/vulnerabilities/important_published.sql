/*---
title: {ja: 大切な機器に、公表された弱点が残っている, en: A published flaw is open on an important machine}
severity: medium
subject: asset
key: [asset, product]
scope: select asset from assets where important
why:
  ja: まだ攻撃の報告はなくても、手順が公開された弱点は、やがて使われます。止まると診療が止まる機器から直します。
  en: No attack is reported yet, but what is published gets used. Mend the machines first without which care stops.
message:
  ja: "{asset}: {product} に公表された弱点({flaw} など)があります。直った版 {fixed}"
  en: "{asset}: {product} has published flaws, such as {flaw}; repaired in {fixed}"
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
      - {asset: a, flaw: CVE-2024-1, product: samba}
      - {asset: a, flaw: CVE-2024-3, kind: os, product: windows, state: no_fix}
    fails: [[a, openssh], [a, samba], [a, windows]]
    unknowns: [[b, openssh]]
  good:
    assets: [{asset: c, important: true}, {asset: d, important: false}]
    vulnerabilities:
      - {asset: c, flaw: CVE-2021-3156, product: sudo, fixed: 1.9.5p2, exploited: true}
      - {asset: d, flaw: CVE-2024-6387, product: openssh, fixed: 9.8p1, exploited: false}
      - {asset: c, kind: application, flaw: CVE-2023-1, product: 7-zip, exploited: false}
      - {asset: c, kind: package, flaw: CVE-2024-2, product: vim, state: no_fix}
    passes: [c]
---*/
select asset, product, flaw, fixed, case when undecided then 'to_confirm' end as unknown, evidence
from vulnerabilities
where not coalesce(exploited, false) and kind <> 'application' and not (kind = 'package' and state = 'no_fix')
