/*---
title: {ja: 外部接続が、申告とは別のネットワークにつながっている, en: A line leads into another network than declared}
severity: high
subject: line
key: [line]
why:
  ja: 台帳ではDMZなどで終わるはずの回線が、別のネットワークに直接入っていると、守りの考え方そのものが外れます。
  en: When a line ends elsewhere than the ledger says, the protection was planned for another place.
message:
  ja: "{line}: 台帳では「{declared}」、機器 {device} の設定では「{zone}」につながっています"
  en: "{line}: the ledger says {declared}; by the configuration of {device} it leads into {zone}"
fix:
  cost: none
  ja: 業者に設定の意図を聞き、台帳を直すか、つながる先を申告どおりに戻してもらってください。
  en: Ask the vendor why. Then correct the ledger, or have the line moved to where it was declared.
equivalent:
  "join entries as e -> left": a line without a row of its own has no value in e.observed
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs}, {line: lab}, {line: paper}]
    entries:
      - {asset: pacs, entry: pacs, observed: true, device: fw, zone: EHR, declared_zone: DMZ}
      - {asset: lab, entry: lab, observed: true, device: fw, zone: DMZ, declared_zone: DMZ}
      - {asset: paper, entry: paper, observed: false, zone: EHR, declared_zone: DMZ}
    fails: [pacs]
    passes: [lab, paper]
  good:
    remote_lines: [{line: lab}]
    entries: [{asset: lab, entry: lab, observed: true, device: fw, zone: DMZ, declared_zone: DMZ}]
    passes: [lab]
---*/
select l.line, e.device, e.zone, e.declared_zone as declared, e.evidence
from remote_lines l join entries e on e.asset = l.line
where e.observed and e.zone <> e.declared_zone
