/*---
title: {ja: OSのサポートが終わっている, en: The operating system is no longer supported}
severity: high
subject: asset
key: [asset, product]
why:
  ja: サポートの終わったOSには、弱点が見つかっても直す手立てが出ません。侵入されると横に広がる足場になります。
  en: For an unsupported system no repair appears when a weakness is found. It becomes the foothold from which an intruder spreads.
message:
  ja: "{asset}: {label} のサポートは {ends} に終わりました(延長 {extended_ends})"
  en: "{asset}: support of {label} ended on {ends} (extended: {extended_ends})"
fix:
  cost: high
  ja: 入れ替えの計画と予算を立ててください。それまでは必要な通信だけを通す専用のネットワークに分け、USBと院外への通信を止めてください。
  en: Plan and budget its replacement. Until then put it in a network of its own that passes only what it needs, and stop USB and outside traffic.
ask:
  ja: この機器のOSはサポートが終わっています。更新版の有無、更新できない場合の守り方(通信の制限など)、入れ替えの時期を教えてください。
  en: The operating system of this machine is no longer supported. Is there an upgrade? If not, how do you protect it (limits on traffic), and when will it be replaced?
examples:
  now: 2026-01-31
  bad:
    support:
      - {asset: old, product: windows, version: "7601", label: Windows 7, ends: 2020-01-14, extended_ends: 2023-01-10}
      - {asset: yesterday, product: debian, version: "10", label: Debian 10, ends: 2026-01-29}
      - {asset: today, product: debian, version: "11", label: Debian 11, ends: 2026-01-30}
    fails: [[old, windows], [yesterday, debian]]
    passes: [today]
  good:
    support:
      - {asset: current, product: debian, version: "12", label: Debian 12, ends: 2028-06-30, extended_ends: 2020-01-01}
      - {asset: paid, product: ubuntu, version: "20.04", label: Ubuntu 20.04, ends: 2025-05-29, extended_ends: 2030-04-23}
      - {asset: last-day, product: ubuntu, version: "14.04", label: Ubuntu 14.04, ends: 2019-04-25, extended_ends: 2026-01-30}
      - {asset: vpn, product: fortios, version: "6.0", label: FortiOS 6.0, ends: 2022-09-29, kind: device}
    passes: [current, paid, last-day, vpn]
---*/
select asset, product, label, ends, extended_ends, evidence
from support
where kind = 'os' and greatest(ends, coalesce(extended_ends, ends)) < $now - interval 1 day
