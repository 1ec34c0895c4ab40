/*---
title: {ja: 外部接続の機器が、設置してから一度も更新されていない, en: The device of a line was never updated since it was installed}
severity: high
subject: line
key: [line]
scope: select line from remote_lines where coalesce(kind, 'other') not in ('isdn', 'remote-software', 'eligibility')
why:
  ja: 設置したときの版のままの機器は、誰の仕事にもなっていない機器です。公表された被害の多くがここから始まりました。
  en: A device that still runs what it came with is nobody's task. Many published incidents began with one.
message:
  ja: "{line}: {device} は {installed} に設置され、版 {firmware} はその日より前のもの({since})です"
  en: "{line}: {device} was installed on {installed}; its firmware {firmware} is from before that day ({since})"
fix:
  cost: low
  ja: 業者に最新の版と更新の手順を聞き、保守の日に更新してください。更新の担当と回数を契約に書き加えられないかも相談します。
  en: Ask the vendor for the newest version and update on the next service day. Ask also to have updates written into the contract.
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, device: FW, installed: 2025-01-30, firmware: "1"}
      - {line: lab, installed: 2024-01-01, firmware_updated: 2024-01-01}
      - {line: mri, firmware_updated: 2025-12-01}
      - {line: ct, installed: 2024-01-01}
      - {line: new, installed: 2025-02-01, firmware_updated: 2025-02-01}
      - {line: alone, installed: 2024-01-01, firmware_updated: 2024-01-01}
      - {line: both, installed: 2024-01-01, firmware_updated: 2025-01-01}
    entries:
      - {asset: pacs, entry: pacs, firmware: "2", firmware_built: 2025-01-30}
      - {asset: lab, entry: lab}
      - {asset: mri, entry: mri}
      - {asset: ct, entry: ct}
      - {asset: new, entry: new}
      - {asset: both, entry: both, firmware_built: 2023-05-05}
    fails: [pacs, lab, alone, both]
    unknowns: [[mri], [ct]]
    passes: [new]
  good:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, installed: 2024-01-01}
      - {line: phone, kind: isdn, installed: 2004-01-01, firmware_updated: 2004-01-01}
      - {line: tool, kind: remote-software, installed: 2004-01-01, firmware_updated: 2004-01-01}
      - {line: online, kind: eligibility, installed: 2004-01-01, firmware_updated: 2004-01-01}
      - {line: edge, installed: 2025-01-31, firmware_updated: 2025-01-31}
    entries:
      - {asset: pacs, entry: pacs, firmware_built: 2024-01-02}
      - {asset: phone, entry: phone}
      - {asset: tool, entry: tool}
      - {asset: online, entry: online}
      - {asset: edge, entry: edge}
    passes: [pacs, edge]
---*/
select l.line, l.device, l.installed, coalesce(e.firmware, l.firmware) as firmware, coalesce(e.firmware_built, l.firmware_updated) as since,
    case when l.installed is null or coalesce(e.firmware_built, l.firmware_updated) is null then 'to_confirm' end as unknown,
    coalesce(e.evidence, l.evidence) as evidence
from remote_lines l left join entries e on e.asset = l.line
where l.installed is null
    or (l.installed < $now - interval 365 days and coalesce(e.firmware_built, l.firmware_updated, l.installed) <= l.installed)
