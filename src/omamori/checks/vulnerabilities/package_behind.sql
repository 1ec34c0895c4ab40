/*---
title: {ja: 配布元が直した弱点が、更新されずに残っている, en: A flaw that the distribution has repaired is still open}
severity: medium
subject: asset
key: [asset, product]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 直し方が公表されると、どこが弱いかも知られます。まだ攻撃の報告がないうちに更新するのが最も楽です。
  en: A published repair also shows where the weak point is. It is easiest to update while no attack is reported yet.
message:
  ja: "{asset}: {told_ja}"
  en: "{asset}: {told}"
fix:
  cost: none
  ja: 次の保守日に更新を適用してください。カーネルを更新したときは再起動してください。閉じたネットワークでは、更新の入った媒体か院内の配布サーバから入れます。
  en: Install the updates on the next day of maintenance, and restart after a new kernel. On a closed network take them from a medium or a server inside.
  run: "sudo apt-get update && sudo apt-get upgrade   # Debian, Ubuntu\nsudo dnf upgrade --security                 # RHEL, Rocky, AlmaLinux"
ask:
  ja: この更新をいつ適用しますか。適用できない場合は、その理由と、それまでの守り方を教えてください。
  en: When will you install this update? If it cannot be installed, please tell us why, and what protects the machine meanwhile.
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
    - hosts:
        - {asset: a, platform: linux, os_id: debian}
        - {asset: b, platform: linux, os_id: debian}
        - {asset: c, platform: linux, os_id: raspbian}
      knowledge_covers: [{asset: a, kind: packages, name: debian 12, covered: true}]
      vulnerabilities:
        - {asset: a, kind: package, flaw: CVE-1, product: openssl, version: 3.0.9-1, fixed: 3.0.11-1, fixed_key: "1", cvss: 7.0}
        - {asset: a, kind: package, flaw: CVE-2, product: openssl, version: 3.0.9-1, fixed: 3.0.13-1, fixed_key: "2", cvss: 7.5, exploited: false}
        - {asset: a, kind: package, flaw: CVE-3, product: openssl, version: 3.0.9-1, fixed: "9", fixed_key: "3", cvss: 9.8, undecided: true}
        - {asset: b, kind: package, flaw: CVE-4, product: php8.2, version: 8.2.1-1, cvss: 8.0, undecided: true}
        - {asset: c, kind: package, flaw: CVE-5, product: vim, version: 9.0-1, fixed: 9.0-2}
        - {asset: c, kind: package, flaw: CVE-13, product: nano, version: "7", fixed: "8", cvss: 7.0}
      fails: [[a, openssl], [c, nano], [c, vim]]
      unknowns: [[b, php8.2]]
    # One distribution's tracker says nothing of another's packages, and an excerpt says little of its own.
    - hosts:
        - {asset: q, platform: linux, os_id: qnap, os_name: QTS}
        - {asset: r, platform: linux, os_id: rocky, os_name: Rocky Linux 9}
        - {asset: w, platform: windows}
      knowledge_covers:
        - {asset: q, kind: packages, name: QTS, why: not_in_pack, lacks: nothing about QTS, lacks_ja: QTSの情報がありません}
        - {asset: r, kind: packages, name: rhel 9, why: not_in_pack, lacks: a part of rhel 9, lacks_ja: rhel 9の情報が一部しかありません}
        - {asset: w, kind: packages, name: x, why: not_in_pack}
      vulnerabilities: []
      fails: []
      unknowns: [[q, QTS], [r, rhel 9]]
  good:
    - hosts: [{asset: d, platform: linux, os_id: rhel}, {asset: e, platform: linux}, {asset: f, platform: linux}, {asset: g, platform: linux}]
      knowledge_covers:
        - {asset: d, kind: packages, name: rhel 9, covered: true}
        - {asset: e, kind: programs, name: "nvd, jvn", why: not_in_pack}
      vulnerabilities:
        - {asset: d, kind: package, flaw: CVE-6, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 6.9}
        - {asset: e, kind: package, flaw: CVE-7, product: sudo, version: 1.9-1, state: no_fix, cvss: 9.8}
        - {asset: f, kind: package, flaw: CVE-8, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 9.8, exploited: true}
        - {asset: f, kind: package, flaw: CVE-9, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 9.8}
        - {asset: g, kind: application, flaw: CVE-10, product: vlc, version: "3", fixed: "4", cvss: 9.8}
      passes: [d, e, f, g]
    - hosts: [{asset: z, platform: windows}]
      vulnerabilities: [{asset: z, kind: package, flaw: CVE-12, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 9.8}]
      passes: []
---*/
with open_ones as (
  select asset, product, product || coalesce(' ' || min(version), '') || ': ' as called, count(*) filter (not undecided) as flaws, max(cvss) filter (not undecided) as cvss,
      arg_max(fixed, fixed_key) filter (not undecided) as fixed, case when bool_and(undecided) then 'to_confirm' end as unknown,
      any_value(evidence) as evidence
  from vulnerabilities
  where kind = 'package' and state = 'affected' and (cvss >= 7 or cvss is null)
  group by asset, product
  having not coalesce(bool_or(exploited), false)
)
select asset, product, unknown, evidence,
    called || coalesce('配布元がすでに直した重い弱点が ' || flaws || ' 件残っています(最も高い評価 ' || coalesce(cvss::varchar, '不明') || ')。' || fixed || ' で直ります',
        '当てはまるか確かめられない重い弱点が公表されています') as told_ja,
    called || coalesce(flaws || ' grave flaws are open that the distribution has already repaired (highest score '
        || coalesce(cvss::varchar, 'not known') || '); repaired in ' || fixed, 'grave flaws are published of which it could not be told whether they concern it') as told
from open_ones
union all
-- Where the pack does not cover the machine's distribution, that no flaw was found means nothing.
select asset, name, coalesce(why, 'not_in_pack'), evidence, lacks_ja, lacks
from knowledge_covers
where kind = 'packages' and not covered
