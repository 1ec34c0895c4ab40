/*---
title: {ja: 外部接続の機器に、ランサムウエアが使う弱点がある, en: The device of a line has a flaw that ransomware uses}
severity: critical
subject: line
key: [line]
why:
  ja: この弱点は、実際に病院や企業への侵入に使われています。ファームウエアの更新だけで閉じられます。
  en: This flaw was really used to break into hospitals and companies. A firmware update closes it.
message:
  ja: "{line}: {device} {version} に {flaws} があります"
  en: "{line}: {device} {version} has {flaws}"
fix:
  cost: low
  ja: 保守業者に依頼してファームウエアを更新し、その装置を通る全員のパスワードを変えてください。それまでは装置の電源かLANケーブルを抜き、使うときだけつないでください。
  en: Have the firmware updated, then change every password that passes this device. Until then unplug it and connect it only for use.
equivalent:
  "join vulnerabilities as v -> left": a line without a flaw has no value in v.ransomware, and the group stands negatively already
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs, device: FortiGate 60E}, {line: lab, device: FortiGate 60F}, {line: meal, device: x}]
    vulnerabilities:
      - {asset: pacs, subject_kind: line, flaw: CVE-2018-13379, product: fortios, version: 6.0.4, fixed: 6.0.5, exploited: true, ransomware: true}
      - {asset: lab, subject_kind: line, flaw: CVE-2021-44168, product: fortios, version: 6.4.7, fixed: 6.4.8, exploited: true, ransomware: false}
      - {asset: meal, subject_kind: line, flaw: CVE-2024-3400, product: pan-os, version: 10.2.8-h3, fixed: 10.2.9-h1, exploited: true, ransomware: true, undecided: true}
    fails: [pacs]
    unknowns: [[meal]]
    passes: [lab]
  good:
    remote_lines: [{line: pacs, device: FortiGate 60E}]
    passes: [pacs]
---*/
select l.line, l.device, v.version, string_agg(v.flaw || coalesce(' (' || v.fixed || ')', ''), ', ' order by v.flaw) as flaws,
    case when bool_and(v.undecided) then 'to_confirm' end as unknown, any_value(l.evidence) as evidence
from remote_lines l join vulnerabilities v on v.asset = l.line
where v.ransomware
group by l.line, l.device, v.version
