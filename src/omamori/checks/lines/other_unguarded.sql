/*---
title: {ja: 回線のほかの入口に守りがない, en: A way in besides the lines is not guarded}
severity: medium
subject: site
key: [entry]
why:
  ja: 回線を固めても、給食や検査の網、USB口、廊下のLAN口、メールを使うPCが開いていれば、そこから入れます。
  en: With the lines closed, partners' networks, USB ports, wall sockets and PCs with mail still let somebody in.
message:
  ja: "{entry}({zone}): 守っているものがありません"
  en: "{entry} ({zone}): nothing guards it"
fix:
  cost: low
  ja: 使わないLAN口は線を抜くかスイッチで閉じ、USBは使う機器だけ許し、外部事業者の網はファイアウォールで要る通信だけにしてください。
  en: Unplug or shut sockets nobody uses, allow USB only where it is needed, and let partners' networks through a firewall with only what they need.
examples:
  now: 2026-01-31
  bad:
    other_entries:
      - {entry: corridor, kind: wall-port, guard: なし}
      - {entry: lunch, kind: partner, guard: " None "}
      - {entry: usb, kind: usb}
      - {entry: mail, kind: office-mail, guard: attachments are scanned}
    fails: [corridor, lunch]
    unknowns: [[usb]]
  good:
    other_entries: [{entry: mail, kind: office-mail, guard: attachments are scanned}]
    passes: [site]
---*/
select 'site' as site, entry, zone, case when guard is null then 'to_confirm' end as unknown, evidence
from other_entries
where coalesce(lower(trim(guard)), 'none') in ('none', 'nothing', 'no', 'なし', '無し', '無', '特になし')
