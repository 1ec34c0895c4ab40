/*---
title: {ja: 外部接続の機器のサポートが終わっている, en: The device of an outside line is no longer supported}
severity: critical
subject: line
key: [line]
why:
  ja: 外から触れる装置の弱点が直らないままになります。病院への侵入の多くは、この装置から始まりました。
  en: The device that the outside can touch is no longer repaired. Most intrusions into hospitals began at such a device.
message:
  ja: "{line}: {device} の {label} は {ends} にサポートが終わりました"
  en: "{line}: support of {label} on {device} ended on {ends}"
fix:
  cost: medium
  ja: 業者に新しいファームウエアか後継機への更新を求めてください。済むまでは使うときだけ電源を入れてください。
  en: Have the vendor install a newer firmware or a successor. Until then switch the device on only for use.
examples:
  now: 2026-01-31
  bad:
    - remote_lines: [{line: pacs, device: FortiGate 60E}, {line: lab, device: FortiGate 60F}]
      support:
        - {asset: pacs, product: fortios, version: 6.0.4, label: FortiOS 6.0, ends: 2026-01-29, kind: device}
        - {asset: lab, product: fortios, version: 7.6.1, label: FortiOS 7.6, ends: 2026-01-30, kind: device}
      fails: [pacs]
      passes: [lab]
    - remote_lines: [{line: pacs, device: FortiGate 60E}]
      support: [{asset: pacs, product: fortios, version: 6.0.4, label: FortiOS 6.0, ends: 2022-09-29, kind: device}]
      incomplete: [support]
      fails: [pacs]
  good:
    remote_lines: [{line: lab, device: FortiGate 60F}]
    support:
      - {asset: lab, product: fortios, version: 7.6.1, label: FortiOS 7.6, ends: 2030-01-25, kind: device}
    passes: [lab]
---*/
select l.line, l.device, s.label, s.ends, l.evidence
from remote_lines l join support s on s.asset = l.line
where s.ends < $now - interval 1 day
