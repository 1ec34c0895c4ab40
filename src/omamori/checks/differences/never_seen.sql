/*---
title: {ja: 台帳にあるが実機を見ていない, en: "In the ledger, but never looked at"}
severity: low
subject: asset
key: [asset]
why:
  ja: 見ていない機器については、何も言えません。台帳の紙の上だけにある機器かもしれません。
  en: Nothing can be said of a machine nobody looked at. It may exist on paper only.
message:
  ja: "{asset}({vendor}): まだ実機を見ていません"
  en: "{asset} ({vendor}): nobody has looked at the machine yet"
fix:
  cost: none
  ja: 収集キットをその機器で実行するか、業者に実行を頼んでください。もうない機器なら台帳から除いてください。
  en: Run the collection kit on it or ask its vendor to. When it is gone, take it out of the ledger.
ask:
  ja: この機器の状態を調べたいので、収集キットの実行をお願いするか、OSの版・更新の状況・開いているポートを教えてください。
  en: We want to know the state of this machine. Please run the collection kit, or tell us its version, updates and open ports.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, declared: true, observed: false, vendor: v}]
    unknowns: [[a]]
  good:
    assets: [{asset: b, declared: true, observed: true}, {asset: c, declared: false, observed: false}, {asset: router, declared: true, observed: false, configured: true}]
    passes: [b, c, router]
---*/
select asset, vendor, 'declared_not_seen' as unknown, evidence
from assets
where declared and not observed and not configured
