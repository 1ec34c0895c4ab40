/*---
title: {ja: 申告された外部接続が、機器の設定に見えない, en: A declared line does not show in its device}
severity: low
subject: line
key: [line]
why:
  ja: 設定にない回線は、解約済みの記録か、別の機器を通る回線です。どちらなのか分からないと、非常時に切る場所を間違えます。
  en: A line that its device does not show was cancelled, or runs over another device. Not knowing which, one cuts the wrong one in an emergency.
message:
  ja: "{line}: 接続機器({device})の設定には見えません"
  en: "{line}: the configuration of its device ({device}) does not show it"
fix:
  cost: none
  ja: 業者に、回線が今もあるか、どの機器を通るかを聞いて台帳を直してください。機器の設定を取り込んでいなければ、保存した設定ファイルを取り込んでください。
  en: Ask the vendor whether the line still exists and over which device it runs. Import the device's configuration where that was not done yet.
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs}, {line: lab}, {line: mri}, {line: alone}]
    entries:
      - {asset: pacs, entry: pacs, observed: false, device: fw}
      - {asset: lab, entry: lab, observed: null}
      - {asset: mri, entry: mri, observed: true, device: fw}
    fails: [pacs]
    unknowns: [[lab], [alone]]
    passes: [mri]
  good:
    remote_lines: [{line: mri}]
    entries: [{asset: mri, entry: mri, observed: true, device: fw}]
    passes: [mri]
---*/
select l.line, coalesce(e.device, l.device) as device, case when e.observed is null then 'declared_not_seen' end as unknown, l.evidence
from remote_lines l left join entries e on e.asset = l.line
where not coalesce(e.observed, false)
