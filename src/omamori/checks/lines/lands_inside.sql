/*---
title:
  ja: 外部接続が診療のネットワークに直接つながっている
  en: A line ends directly in a clinical network
severity: critical
subject: line
key: [line]
scope: select line from remote_lines where coalesce(kind, 'other') <> 'eligibility'
why:
  ja: 入口が電子カルテや医療機器と同じネットワークにあると、入られたその先に仕切りがありません。
  en: When the door opens into the network of the EHR or of medical devices, nothing stands behind it.
message:
  ja: "{line}: 「{zone}」に直接つながっています(利用者 {vendor})"
  en: "{line}: it ends directly in {zone} (used by {vendor})"
fix:
  cost: medium
  ja: 入口を一か所(DMZ)にまとめ、踏み台サーバを通る形にできないか業者と相談してください。すぐには、使うときだけ線をつなぎます。
  en: Plan one entrance (a DMZ) with a jump server. Until then connect the cable only for use.
examples:
  now: 2026-01-31
  bad:
    zones: [{zone: E, kind: ehr}, {zone: D, kind: department}, {zone: I, kind: imaging}, {zone: M, kind: medical}, {zone: B, kind: backup}, {zone: X}]
    remote_lines:
      - {line: one, kind: ssl-vpn, lands_in: E}
      - {line: two, lands_in: D}
      - {line: three, lands_in: I}
      - {line: four, lands_in: M}
      - {line: five, lands_in: B}
      - {line: nowhere}
      - {line: misspelt, lands_in: Q}
      - {line: kindless, lands_in: X}
    fails: [one, two, three, four, five]
    unknowns: [[nowhere], [misspelt], [kindless]]
  good:
    zones: [{zone: E, kind: ehr}, {zone: Z, kind: dmz}]
    remote_lines: [{line: one, lands_in: Z}, {line: online, kind: eligibility, lands_in: E}]
    passes: [one]
---*/
select l.line, l.vendor, coalesce(z.zone, l.lands_in) as zone, case when z.kind is null then 'to_confirm' end as unknown, l.evidence
from remote_lines l left join zones z on z.zone = l.lands_in
where coalesce(z.kind, 'ehr') in ('ehr', 'department', 'imaging', 'medical', 'backup')
