/*---
title: {ja: 使わないときにも開いている回線が設定に見えた, en: A line was open when nobody had to use it}
severity: high
subject: line
key: [line]
scope: select line from remote_lines where coalesce(kind, 'other') not in ('eligibility', 'internet', 'partner')
why:
  ja: 使うときだけ開ける約束の回線が開いたままだと、誰も見ていない時間に入口が試されます。
  en: A line that was to be opened only for use, and stays open, is tried while nobody watches.
message:
  ja: "{line}: 設定を見た時、{device} で開いていました(申告した時間: {service_window})"
  en: "{line}: it was open on {device} when looked at (declared window: {service_window})"
fix:
  cost: none
  ja: 普段は無効にし、業者の連絡を受けてから有効にしてください。日時が決まっているなら、機器のスケジュールに入れるよう業者に依頼できます。
  en: Keep it disabled and enable it after the vendor's call. Where the hours are fixed, the vendor can put them into the device's schedule.
equivalent:
  "join entries as e -> left": a line without a row of its own has no value in e.observed
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, kind: ssl-vpn}
      - {line: lab, kind: ipsec-vpn}
      - {line: mri}
      - {line: paper, kind: lte}
    entries:
      - {asset: pacs, entry: pacs, observed: true, device: fw, always_open: true}
      - {asset: lab, entry: lab, observed: true, device: fw}
      - {asset: mri, entry: mri, observed: true, device: fw, always_open: false}
      - {asset: paper, entry: paper, observed: false, always_open: true}
    fails: [pacs]
    unknowns: [[lab]]
    passes: [mri, paper]
  good:
    remote_lines:
      - {line: mri, kind: ssl-vpn}
      - {line: online, kind: eligibility}
      - {line: net, kind: internet}
      - {line: region, kind: partner}
    entries:
      - {asset: mri, entry: mri, observed: true, device: fw, always_open: false}
      - {asset: online, entry: online, observed: true, device: fw, always_open: true}
      - {asset: net, entry: net, observed: true, device: fw, always_open: true}
      - {asset: region, entry: region, observed: true, device: fw, always_open: true}
    passes: [mri]
---*/
select l.line, e.device, l.service_window, case when e.always_open is null then 'to_confirm' end as unknown, e.evidence
from remote_lines l join entries e on e.asset = l.line
where e.observed and coalesce(e.always_open, true)
