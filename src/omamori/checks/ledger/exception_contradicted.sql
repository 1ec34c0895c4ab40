/*---
title:
  ja: 例外の代わりの対策が、実際と違う
  en: What protects instead of a repair is not as the exception says
severity: high
subject: site
key: [asset, check_id, finding_key, control]
why:
  ja: 直せない機器を守っているのは代わりの対策だけです。それが働いていなければ、守るものが何もありません。
  en: Where something cannot be mended, only the compensating control protects it. Where that is not so, nothing does.
message:
  ja: "{asset}({check_id}): 代わりの対策({detail})は実際と違います。{shown_by_ja}"
  en: "{asset} ({check_id}): what protects instead ({detail}) is not so: {shown_by}"
fix:
  cost: none
  ja: 機器の持ち主や業者と確かめ、対策を書いたとおりにするか、「例外」シートを実際のとおりに書き直して承認し直してください。
  en: Settle it with whoever keeps the machine. Make the control as it is written, or write what is so and have the exception accepted anew.
ask:
  ja: 業者に、更新できない間この機器を何で守っているか、いまどう設定されているかを確認してください。
  en: Ask the vendor what protects this machine while it cannot be updated, and how that is set now.
examples:
  now: 2026-01-31
  bad:
    compensations:
      - {asset: ct, check_id: a.b, control: port_closed, detail: tcp/445, state: contradicted, shown_by: listens, shown_by_ja: 待ち受け}
      - {asset: mri, check_id: a.b, control: virtual_patch, state: declared}
      - {asset: lab, check_id: a.c, control: segment_filtered, state: unreadable}
      - {asset: xray, check_id: a.c, finding_key: k, control: switched_off, state: seen}
    fails: [[ct, a.b, all, port_closed]]
    unknowns: [[mri, a.b, all, virtual_patch], [lab, a.c, all, segment_filtered]]
  good:
    compensations: [{asset: ct, check_id: a.b, control: port_closed, state: seen}]
---*/
select asset, check_id, coalesce(finding_key, 'all') as finding_key, control, detail, shown_by, shown_by_ja, evidence,
  case state when 'contradicted' then null when 'declared' then 'declared_not_seen' else 'not_collected' end as unknown
from compensations
where state <> 'seen'
