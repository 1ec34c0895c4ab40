/*---
title: {ja: 外部接続の機器に、ランサムウエアが使う弱点がある, en: The device of a line has a flaw that ransomware uses}
severity: critical
subject: line
key: [line]
why:
  ja: この弱点は、実際に病院や企業への侵入に使われています。ファームウエアの更新だけで閉じられます。
  en: This flaw was really used to break into hospitals and companies. A firmware update closes it.
message:
  ja: "{line}: {told_ja}"
  en: "{line}: {told}"
fix:
  cost: low
  ja: 保守業者に依頼してファームウエアを更新し、その装置を通る全員のパスワードを変えてください。それまでは装置の電源かLANケーブルを抜き、使うときだけつないでください。
  en: Have the firmware updated, then change every password that passes this device. Until then unplug it and connect it only for use.
equivalent:
  "join vulnerabilities as v -> left": a line without a flaw has no value in v.ransomware, and the group stands negatively already
  "join knowledge_covers as k -> left": a line of which nothing is told has no value in k.covered, so it is no row either
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs, device: FortiGate 60E}, {line: lab, device: FortiGate 60F}, {line: meal, device: x}, {line: other, device: y}]
    vulnerabilities:
      - {asset: pacs, subject_kind: line, flaw: CVE-2018-13379, product: fortios, version: 6.0.4, fixed: 6.0.5, exploited: true, ransomware: true}
      - {asset: lab, subject_kind: line, flaw: CVE-2021-44168, product: fortios, version: 6.4.7, fixed: 6.4.8, exploited: true, ransomware: false}
      - {asset: meal, subject_kind: line, flaw: CVE-2024-3400, product: pan-os, version: 10.2.8-h3, fixed: 10.2.9-h1, exploited: true, ransomware: true, undecided: true}
    fails: [pacs]
    knowledge_covers:
      - {asset: lab, subject_kind: line, kind: device, covered: true}
      - {asset: other, subject_kind: line, kind: device, why: vendor_silent, lacks: nobody speaks of it, lacks_ja: 何もありません}
    unknowns: [[meal], [other]]
    passes: [lab]
  good:
    remote_lines: [{line: pacs, device: FortiGate 60E}]
    passes: [pacs]
---*/
with open_ones as (
  select l.line, coalesce(l.device || ' ', '') || coalesce(v.version || ' ', '') as called,
      string_agg(v.flaw || coalesce(' (' || v.fixed || ')', ''), ', ' order by v.flaw) as flaws,
      case when bool_and(v.undecided) then 'to_confirm' end as unknown, any_value(l.evidence) as evidence
  from remote_lines l join vulnerabilities v on v.asset = l.line
  where v.ransomware
  group by l.line, l.device, v.version
)
select line, unknown, evidence, called || 'に ' || flaws || ' があります' as told_ja, called || 'has ' || flaws as told
from open_ones
union all
-- Where the pack does not cover the device, that no flaw was found means nothing.
select l.line, coalesce(k.why, 'not_in_pack'), l.evidence, k.lacks_ja, k.lacks
from remote_lines l join knowledge_covers k on k.asset = l.line
where not k.covered
