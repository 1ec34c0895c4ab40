/*---
title: {ja: 台帳の機器が調査で応答しなかった, en: A machine in the ledger did not answer the scan}
severity: low
subject: asset
key: [asset]
scope: select asset from assets where declared
why:
  ja: 電源を切っていただけかもしれません。移した、捨てた、アドレスが変わったのに台帳が古い、ということもあります。なくなったとは言えません。
  en: It may only have been switched off. It may also have moved, been thrown away, or have another address by now. That it is gone cannot be said.
message:
  ja: "{asset}: {scanned}の調査で、台帳のアドレスは応答しませんでした。最後に見えた時刻: {last_seen}"
  en: "{asset}: its address in the ledger did not answer the scan of {scanned}. Seen last: {last_seen}"
fix:
  cost: none
  ja: 電源が入っている時間にもう一度調べるか、置き場所で確かめてください。もうない機器なら台帳から除いてください。
  en: Scan again at a time when it is switched on, or look where it stands. When it is gone, take it out of the ledger.
ask:
  ja: この機器は今も使っていますか。IPアドレスは台帳のとおりですか。
  en: Is this machine still in use, and is its address as in the ledger?
examples:
  now: 2026-01-31
  bad:
    assets:
      - {asset: a, declared: true, unanswered: "2026-01-30 02:00:00", last_seen: "2025-11-02 10:00:00"}
      - {asset: b, declared: false, unanswered: "2026-01-30 02:00:00"}
      - {asset: c, declared: true}
    unknowns: [[a]]
  good:
    assets: [{asset: c, declared: true, last_seen: "2026-01-30 09:00:00"}]
    passes: [c]
---*/
select asset, unanswered as scanned, last_seen, 'declared_not_seen' as unknown, evidence
from assets
where unanswered is not null
