/*---
title:
  ja: VPN装置のファームウエアが1年以上更新されていない
  en: Firmware of a line's device not updated for a year
severity: high
subject: line
key: [line]
scope: select line from remote_lines where coalesce(kind, 'other') not in ('isdn', 'remote-software', 'eligibility')
why:
  ja: 公表された被害の多くは、更新されないままのVPN装置から始まりました。
  en: Many published incidents began with a VPN device nobody had updated.
message:
  ja: "{line}: {device}(版 {firmware})の最後の更新: {updated}"
  en: "{line}: {device} (version {firmware}) last updated: {updated}"
fix:
  cost: low
  ja: 業者に現在の版と最新版を聞き、保守の日に更新してください。更新の前に設定と記録を保存します。
  en: Ask the vendor for the current and the newest version and update on the next service day; save settings and logs first.
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, firmware_updated: 2025-01-30}
      - {line: lab}
    fails: [pacs]
    unknowns: [[lab]]
  good:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, firmware_updated: 2025-01-31}
      - {line: phone, kind: isdn}
      - {line: tool, kind: remote-software}
      - {line: online, kind: eligibility}
    passes: [pacs]
---*/
select line, device, firmware, firmware_updated as updated, case when firmware_updated is null then 'to_confirm' end as unknown, evidence
from remote_lines
where firmware_updated is null or firmware_updated < $now - interval 365 days
