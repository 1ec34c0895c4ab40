/*---
title:
  ja: 保守回線に接続元の制限がない
  en: A maintenance line accepts any source address
severity: high
subject: line
key: [line]
scope: select line from remote_lines where coalesce(kind, 'other') not in ('eligibility', 'ip-vpn')
why:
  ja: 接続元を限定しないVPNは、世界中から毎日試されます。盗まれたIDがそのまま使われた例があります。
  en: A VPN open to any address is tried from all over the world, and stolen accounts work from anywhere.
message:
  ja: "{line}: 業者のアドレス以外からも接続できます(利用者 {vendor})"
  en: "{line}: it can be reached from other addresses than the vendor's (used by {vendor})"
fix:
  cost: none
  ja: 業者に固定IPアドレスを聞き、VPN装置の接続元をそれだけに限定するよう依頼してください。
  en: Ask the vendor for its fixed addresses and have the VPN device accept only these.
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, source_restricted: "no"}
      - {line: lab, source_restricted: unknown}
      - {line: mri, kind: lte}
    fails: [pacs]
    unknowns: [[lab], [mri]]
  good:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, source_restricted: "yes"}
      - {line: online, kind: eligibility, source_restricted: "no"}
      - {line: closed, kind: ip-vpn, source_restricted: "no"}
    passes: [pacs]
---*/
select line, vendor, case when source_restricted = 'no' then null else 'to_confirm' end as unknown, evidence
from remote_lines
where source_restricted is distinct from 'yes'
