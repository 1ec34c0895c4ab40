/*---
title: {ja: OSの通常サポートが終わり、有償の延長だけが残っている, en: "Only paid support is left for the operating system"}
severity: medium
subject: asset
key: [asset, product]
why:
  ja: 延長の契約がなければ、弱点の修正はもう届きません。契約していないことに気付いていない例が多くあります。
  en: Without a contract for the extension no more repairs arrive. Many do not know that they have none.
message:
  ja: "{asset}: {label} の通常サポートは {ends} に終わりました。延長は {extended_ends} までです"
  en: "{asset}: regular support of {label} ended on {ends}; the paid extension lasts until {extended_ends}"
fix:
  cost: medium
  ja: 延長(ESU、ESMなど)を契約しているか確かめ、していなければ契約か入れ替えを選んでください。契約があれば「例外」に書くと次から別に示します。
  en: See whether you have the extension (ESU, ESM …); if not, buy it or replace the system. When you have it, enter it as an exception.
ask:
  ja: この機器のOSは通常サポートが終わっています。有償の延長を契約していますか。修正はどのように適用されますか。
  en: Regular support of this machine's system has ended. Do you hold the paid extension, and how are repairs installed?
examples:
  now: 2026-01-31
  bad:
    support:
      - {asset: a, product: ubuntu, version: "20.04", label: Ubuntu 20.04, ends: 2025-05-29, extended_ends: 2030-04-23}
      - {asset: b, product: ubuntu, version: "18.04", label: Ubuntu 18.04, ends: 2026-01-29, extended_ends: 2026-01-30}
    fails: [[a, ubuntu], [b, ubuntu]]
  good:
    support:
      - {asset: over, product: windows, version: "7601", label: Windows 7, ends: 2020-01-14, extended_ends: 2026-01-29}
      - {asset: today, product: debian, version: "12", label: Debian 12, ends: 2026-01-30, extended_ends: 2033-06-30}
      - {asset: line, product: fortios, version: "6.0", label: FortiOS 6.0, ends: 2022-09-29, extended_ends: 2030-01-01, kind: device}
    passes: [over, today, line]
---*/
select asset, product, label, ends, extended_ends, evidence
from support
where kind = 'os' and ends < $now - interval 1 day and extended_ends >= $now - interval 1 day
