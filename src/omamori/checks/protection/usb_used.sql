/*---
title: {ja: 最近USBの記憶装置がつながれた, en: USB storage was connected recently}
severity: medium
subject: asset
key: [asset, device, serial]
scope: select asset from hosts where platform in ('linux', 'windows')
why:
  ja: 誰の、何の装置か分からないものは、ウイルスの持ち込みや記録の持ち出しの跡かもしれません。
  en: A device nobody can name may have brought a virus in or carried records out.
message:
  ja: "{asset}: {device}(製造番号 {serial})が {last} につながれました"
  en: "{asset}: {device} (serial {serial}) was connected on {last}"
fix:
  cost: none
  ja: 持ち主と用途を確かめ、病院が管理するものだけを使う決まりにしてください。
  en: Find the owner and purpose, and allow only devices the hospital keeps.
ask:
  ja: この日の作業で使った装置か、使う前にウイルス検査をしたかを確認してください。
  en: Ask whether it was used in that day's work and examined before.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    usb_history: [{asset: ehr, device: Stick, serial: A1, last_connected: "2026-01-01 00:00:01"}, {asset: bsd, device: Stick, last_connected: "2026-01-20 00:00:00"}]
    fails: [[ehr, Stick, A1]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    usb_history: [{asset: ehr, device: Stick, serial: A1, last_connected: "2026-01-01 00:00:00"}]
---*/
select asset, device, coalesce(serial, 'none') as serial, last_connected as last, evidence
from usb_history
where last_connected > $now - interval 30 days
