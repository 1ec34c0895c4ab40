/*---
title: {ja: 公表された弱点のあるプログラムが入っている, en: A program has published flaws}
severity: medium
subject: asset
key: [asset, product]
scope: select asset from hosts
why:
  ja: 公表された弱点は、やがて攻撃の道具に組み込まれます。まだ攻撃の報告がないうちに更新するのが最も楽です。
  en: What is published ends up in attackers' tools. It is easiest to update while no attack is reported yet.
message:
  ja: "{asset}: {told_ja}"
  en: "{asset}: {told}"
fix:
  cost: none
  ja: 次の保守日に最新の版へ更新してください。使っていなければ消してください。
  en: Update it on the next day of maintenance, or remove it where nobody uses it.
ask:
  ja: このプログラムは製品に必要ですか。必要なら更新してよい版を教えてください。
  en: Does your product need this program? If so, to which version may it be updated?
equivalent:
  "drop not undecided": only the number told for a person changes, not who fails
  "not dropped: not undecided": only the number told for a person changes, not who fails
  "drop not undecided (2)": only the score told for a person changes, not who fails
  "not dropped: not undecided (2)": only the score told for a person changes, not who fails
  "drop not undecided (3)": only the version told for a person changes, not who fails
  "not dropped: not undecided (3)": only the version told for a person changes, not who fails
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a}, {asset: b}, {asset: c}, {asset: g}]
    knowledge_covers:
      - {asset: a, kind: programs, covered: true}
      - {asset: g, kind: programs, why: not_in_pack, lacks: neither NVD nor JVN, lacks_ja: NVDもJVNもありません}
    vulnerabilities:
      - {asset: a, kind: application, flaw: CVE-1, product: 7-zip, version: "19.00", fixed: "9.20", fixed_key: "1", cvss: 5.0, exploited: false}
      - {asset: a, kind: application, flaw: CVE-2, product: 7-zip, version: "19.00", fixed: "23.01", fixed_key: "2", cvss: 7.8}
      - {asset: a, kind: application, flaw: CVE-3, product: 7-zip, version: "19.00", fixed: "99", fixed_key: "3", cvss: 9.8, undecided: true}
      - {asset: b, kind: application, flaw: CVE-4, product: java, version: "8", undecided: true}
      - {asset: c, kind: application, flaw: CVE-5, product: vlc, version: "3", exploited: true}
      - {asset: c, kind: application, flaw: CVE-6, product: putty, version: "0.7"}
    fails: [[a, 7-zip], [c, putty]]
    unknowns: [[b, java], [g, programs]]
  good:
    - hosts: [{asset: d}, {asset: e}]
      knowledge_covers:
        - {asset: d, kind: programs, covered: true}
        - {asset: e, kind: components, why: not_in_pack}
      vulnerabilities:
        - {asset: d, kind: application, flaw: CVE-5, product: vlc, version: "3", exploited: true}
        - {asset: d, kind: application, flaw: CVE-7, product: vlc, version: "3", exploited: false}
        - {asset: e, kind: package, flaw: CVE-8, product: sudo, version: "1.8"}
      passes: [d, e]
---*/
with open_ones as (
  select asset, product, product || coalesce(' ' || min(version), '') as called, count(*) filter (not undecided) as flaws,
      max(cvss) filter (not undecided) as cvss, arg_max(fixed, fixed_key) filter (not undecided) as fixed,
      case when bool_and(undecided) then 'to_confirm' end as unknown, any_value(evidence) as evidence
  from vulnerabilities
  where kind = 'application'
  group by asset, product
  having not coalesce(bool_or(exploited), false)
)
select asset, product, unknown, evidence,
    called || ' に公表された弱点が ' || flaws || ' 件あります(最も高い評価 ' || coalesce(cvss::varchar, '不明') || ')' || coalesce('。' || fixed || ' で直ります', '') as told_ja,
    called || ' has ' || flaws || ' published flaws (highest score ' || coalesce(cvss::varchar, 'not known') || ')' || coalesce('; repaired in ' || fixed, '') as told
from open_ones
union all
-- Where the pack does not cover programs, that no flaw was found means nothing.
select asset, kind, coalesce(why, 'not_in_pack'), evidence, lacks_ja, lacks
from knowledge_covers
where kind = 'programs' and not covered
