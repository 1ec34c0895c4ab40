/*---
title: {ja: 外部接続の機器の版が、台帳と実際で違う, en: The firmware of a line's device differs from the ledger}
severity: low
subject: line
key: [line]
why:
  ja: 弱点があるかどうかは版で決まります。台帳の版を信じて、直したつもりになっていることがあります。
  en: Whether a flaw concerns the device depends on its version. Believing the ledger, one may think it is mended.
message:
  ja: "{line}: 版は、台帳では {declared}、機器 {device} では {firmware} です"
  en: "{line}: firmware {declared} in the ledger, {firmware} on {device}"
fix:
  cost: none
  ja: 台帳を機器の版に直してください。更新したはずなら、業者に作業の記録を聞いてください。
  en: Correct the ledger. Where it should have been updated, ask the vendor for the record of the work.
equivalent:
  "join entries as e -> left": a line without a row of its own has no value in e.firmware
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs}, {line: lab}, {line: mri}, {line: ct}]
    entries:
      - {asset: pacs, entry: pacs, device: fw, firmware: 7.2.8, declared_firmware: 7.4.8}
      - {asset: lab, entry: lab, device: fw, firmware: 7.2.8, declared_firmware: 7.2.8}
      - {asset: mri, entry: mri, device: fw, firmware: 7.2.8}
      - {asset: ct, entry: ct, declared_firmware: 7.4.8}
    fails: [pacs]
    passes: [lab, mri, ct]
  good:
    remote_lines: [{line: lab}]
    entries: [{asset: lab, entry: lab, device: fw, firmware: 7.2.8, declared_firmware: 7.2.8}]
    passes: [lab]
---*/
select l.line, e.device, e.firmware, e.declared_firmware as declared, e.evidence
from remote_lines l join entries e on e.asset = l.line
where e.firmware <> e.declared_firmware
