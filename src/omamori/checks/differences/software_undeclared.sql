/*---
title: {ja: 台帳にない主なソフトウエアがある, en: Main software that the ledger does not foresee}
severity: low
subject: asset
key: [asset, item]
scope: select asset from ledger_assets where software is not null
why:
  ja: 知らないデータベースや遠隔操作ソフトは、更新もパスワードの管理もされません。
  en: A database or remote-control program nobody knows is neither updated nor are its passwords looked after.
message:
  ja: "{asset}: 台帳にない {item} が入っています(台帳 {declared})"
  en: "{asset}: {item} is installed and not in the ledger ({declared})"
fix:
  cost: none
  ja: 使っていれば「機器」シートに加え、使っていなければ削除してください。
  en: Add it to the sheet of machines when it is used; remove it when it is not.
ask:
  ja: このソフトウエアは必要ですか。必要なら版と更新の方法を教えてください。
  en: Is this software needed? If so, which version is it and how is it updated?
examples:
  now: 2026-01-31
  bad:
    ledger_assets: [{asset: a, software: EHR}]
    deviations: [{asset: a, kind: undeclared-software, item: PostgreSQL, declared: EHR}]
    fails: [[a, PostgreSQL]]
  good:
    ledger_assets: [{asset: b, software: EHR}, {asset: c}]
    deviations: [{asset: b, kind: undeclared-peer, item: dns}, {asset: c, kind: undeclared-software, item: PHP}]
    passes: [b]
---*/
select asset, item, declared, evidence
from deviations
where kind = 'undeclared-software'
