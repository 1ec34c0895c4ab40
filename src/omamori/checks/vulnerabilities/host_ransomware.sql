/*---
title: {ja: ランサムウエアが使う弱点がある, en: A flaw that ransomware uses is open}
severity: critical
subject: asset
key: [asset, item]
why:
  ja: 一台に入り込んだランサムウエアが、この弱点で隣の機器へ広がります。更新だけで止められます。
  en: Ransomware that got into one machine spreads to the next through this flaw. An update alone stops it.
message:
  ja: "{asset}: {told_ja}"
  en: "{asset}: {told}"
fix:
  cost: none
  ja: 更新プログラムを適用して再起動してください。すぐにできないときは、該当するサービス(ファイル共有、リモートデスクトップ、印刷)を止めるか接続元を絞ってください。
  en: Install the updates and restart. Where that must wait, stop the service concerned (file sharing, remote desktop, printing) or limit who may connect.
  run: "sudo apt-get update && sudo apt-get upgrade   # Debian, Ubuntu\nsudo dnf upgrade --security                 # RHEL"
ask:
  ja: この機器に、ランサムウエアに使われている弱点の修正を適用してください。適用できない場合は、その理由と代わりの守り方を文書でください。
  en: Please install the repair of this flaw that ransomware uses. If you cannot, send us the reason and the protection used instead in writing.
examples:
  now: 2026-01-31
  bad:
    vulnerabilities:
      - {asset: a, flaw: CVE-2017-0144, product: windows, fixed: KB4012212, exploited: true, ransomware: true}
      - {asset: a, flaw: CVE-2019-0708, product: windows, fixed: KB4499164, exploited: true, ransomware: true, undecided: true}
      - {asset: b, flaw: CVE-2017-7494, product: samba, fixed: 4.6.4, exploited: true, ransomware: true, undecided: true}
      - {asset: d, flaw: CVE-2024-1, product: windows, repair: "package:x", exploited: true, ransomware: true}
      - {asset: d, flaw: CVE-2024-2, product: windows, repair: "package:x", exploited: true, ransomware: true}
    fails: [[a, CVE-2017-0144], [d, "package:x"]]
    knowledge_covers:
      - {asset: a, kind: windows, covered: true}
      - {asset: h, kind: windows, why: not_in_pack, lacks: no pack, lacks_ja: 知識パックがありません}
      - {asset: h, kind: programs, why: pack_too_old, lacks: NVD is old, lacks_ja: NVDが古すぎます}
    unknowns: [[a, CVE-2019-0708], [b, CVE-2017-7494], [h, programs], [h, windows]]
  good:
    vulnerabilities:
      - {asset: c, flaw: CVE-2021-3156, product: sudo, fixed: 1.9.5p2, exploited: true, ransomware: false}
      - {asset: e, flaw: CVE-2024-1, product: windows, repair: "update:KB1", exploited: true, ransomware: true}
    knowledge_covers: [{asset: c, kind: packages, covered: true}]
    passes: [c, e]
---*/
select asset, coalesce(repair, flaw) as item, case when undecided then 'to_confirm' end as unknown, evidence,
    product || ' に ' || flaw || '(' || coalesce(name, title_ja, title, version, '-') || ')があります' as told_ja,
    product || ' has ' || flaw || ' (' || coalesce(name, title, title_ja, version, '-') || ')' as told
from vulnerabilities
where ransomware
  -- A missing update of Windows is a finding of its own, with its chain: updates.windows_missing_ransomware.
  and coalesce(repair, '') not like 'update:%'
union all
-- Where the pack does not cover something on the machine, that no flaw was found means nothing.
select asset, kind, coalesce(why, 'not_in_pack'), evidence, lacks_ja, lacks
from knowledge_covers
where not covered
