/*---
title: {ja: 配布元が直した弱点が、更新されずに残っている, en: A flaw that the distribution has repaired is still open}
severity: medium
subject: asset
key: [asset, product]
scope: select asset from hosts where platform = 'linux' and exists (select 1 from knowledge_sources where feed in ('debian', 'debsecan', 'ubuntu', 'redhat', 'osv'))
why:
  ja: 直し方が公表されると、どこが弱いかも知られます。まだ攻撃の報告がないうちに更新するのが最も楽です。
  en: A published repair also shows where the weak point is. It is easiest to update while no attack is reported yet.
message:
  ja: "{asset}: {product} {version}: {told_ja}"
  en: "{asset}: {product} {version}: {told}"
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
      knowledge_sources: [{feed: debian, records: 40000}]
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
        - {asset: s, platform: linux, os_id: raspbian}
        - {asset: w, platform: windows}
      knowledge_sources: [{feed: debian, records: 999}, {feed: ubuntu, records: 30000}, {feed: nvd, records: 90000}]
      vulnerabilities: []
      fails: []
      unknowns: [[q, QTS], [r, Rocky Linux 9], [s, linux]]
    - hosts:
        - {asset: q, platform: linux, os_id: qnap, os_name: QTS}
        - {asset: u, platform: linux, os_id: ubuntu, os_name: Ubuntu 22.04}
      knowledge_sources: [{feed: debian, records: 40000}, {feed: redhat, records: 1000}]
      vulnerabilities: []
      fails: []
      unknowns: [[q, QTS], [u, Ubuntu 22.04]]
  good:
    - hosts:
        - {asset: d, platform: linux, os_id: rhel}
        - {asset: e, platform: linux, os_id: centos}
        - {asset: f, platform: linux, os_id: rocky}
        - {asset: g, platform: linux, os_id: almalinux}
      knowledge_sources: [{feed: redhat, records: 1000}]
      vulnerabilities:
        - {asset: d, kind: package, flaw: CVE-6, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 6.9}
        - {asset: e, kind: package, flaw: CVE-7, product: sudo, version: 1.9-1, state: no_fix, cvss: 9.8}
        - {asset: f, kind: package, flaw: CVE-8, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 9.8, exploited: true}
        - {asset: f, kind: package, flaw: CVE-9, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 9.8}
        - {asset: g, kind: application, flaw: CVE-10, product: vlc, version: "3", fixed: "4", cvss: 9.8}
      passes: [d, e, f, g]
    - hosts: [{asset: h, platform: linux, os_id: alpine}, {asset: i, platform: linux, os_id: ubuntu}]
      knowledge_sources: [{feed: osv, records: 200000}]
      vulnerabilities: []
      passes: [h, i]
    - hosts: [{asset: j, platform: linux, os_id: ubuntu}, {asset: k, platform: linux, os_id: debian}]
      knowledge_sources: [{feed: ubuntu, records: 30000}, {feed: debsecan, records: 30000}]
      vulnerabilities: []
      passes: [j, k]
    - hosts: [{asset: y, platform: linux}]
      knowledge_sources: [{feed: nvd}]
      vulnerabilities: [{asset: y, kind: package, flaw: CVE-11, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 9.8}]
      passes: []
    - hosts: [{asset: z, platform: windows}]
      knowledge_sources: [{feed: debian, records: 40000}]
      vulnerabilities: [{asset: z, kind: package, flaw: CVE-12, product: sudo, version: 1.9-1, fixed: 1.9-2, cvss: 9.8}]
      passes: []
---*/
with open_ones as (
  select asset, product, min(version) as version, count(*) filter (not undecided) as flaws, max(cvss) filter (not undecided) as cvss,
      arg_max(fixed, fixed_key) filter (not undecided) as fixed, case when bool_and(undecided) then 'to_confirm' end as unknown,
      any_value(evidence) as evidence
  from vulnerabilities
  where kind = 'package' and state = 'affected' and (cvss >= 7 or cvss is null)
  group by asset, product
  having not coalesce(bool_or(exploited), false)
)
select asset, product, version, unknown, evidence,
    coalesce('配布元がすでに直した重い弱点が ' || flaws || ' 件残っています(最も高い評価 ' || coalesce(cvss::varchar, '不明') || ')。' || fixed || ' で直ります',
        '当てはまるか確かめられない重い弱点が公表されています') as told_ja,
    coalesce(flaws || ' grave flaws are open that the distribution has already repaired (highest score '
        || coalesce(cvss::varchar, 'not known') || '); repaired in ' || fixed, 'grave flaws are published of which it could not be told whether they concern it') as told
from open_ones
union all
-- A pack without the tracker of this distribution, or with an excerpt of it, says nothing of the machine's packages.
select asset, coalesce(os_name, platform), os_version, 'to_confirm', evidence,
    '知識パックにこの配布元の情報がないか、一部しかないため、直っていない弱点が残っているか分かりません',
    'the pack holds nothing, or only a part, of what this distribution tells: whether flaws are open is not known'
from hosts h
where not exists (
  select 1 from knowledge_sources k
  where k.records >= 1000
    and (
      k.feed = 'osv'
      or h.os_id in ('debian', 'raspbian') and k.feed in ('debian', 'debsecan')
      or h.os_id = 'ubuntu' and k.feed = 'ubuntu'
      or h.os_id in ('rhel', 'centos', 'rocky', 'almalinux') and k.feed = 'redhat'
    )
)
