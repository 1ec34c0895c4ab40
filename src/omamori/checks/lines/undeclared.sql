/*---
title: {ja: 台帳にない外部からの入口が、機器に見えた, en: A way in that the ledger does not know}
severity: high
subject: asset
key: [asset, entry]
scope: select asset from assets where configured or forwards or role = 'network'
why:
  ja: 台帳にない回線は、更新もパスワードの変更もされず、非常時に切ることもできません。侵入はこうした入口から始まりました。
  en: What is not on the list is neither updated nor cut in an emergency. Intrusions began at such doors.
message:
  ja: "{asset}: {entry} が台帳の回線にありません(種類 {method}、つながる先 {zone}、相手 {sources})"
  en: "{asset}: {entry} is in no line of the ledger ({method}, leads into {zone}, from {sources})"
fix:
  cost: none
  ja: 誰の回線かを業者に一社ずつ聞き、要るなら「外部接続」シートに書き、要らなければ止めてもらってください。
  en: Ask each vendor whose it is. List it in the sheet of outside lines when it is needed; have it closed when it is not.
ask:
  ja: この機器にある、当院の台帳にない接続について、使う人・目的・接続元のアドレス・使う日時を教えてください。使っていなければ設定を消してください。
  en: Please tell us who uses this connection, what for, from which addresses and when. Where nobody does, please remove it.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: box, role: network}, {asset: gw, forwards: true}, {asset: pc, role: client}]
    entries:
      - {asset: fw, entry: fw lab, device: fw, method: ipsec, observed: true, declared: false}
      - {asset: fw, entry: fw wan1, device: fw, method: interface, observed: true, declared: true}
      - {asset: box, entry: box route, device: box, method: route, observed: true, declared: false}
      - {asset: gw, entry: gw wg0, device: gw, observed: true, declared: false}
      - {asset: pc, entry: pc route, device: pc, observed: true, declared: false}
    fails: [[fw, fw lab], [box, box route], [gw, gw wg0]]
  good:
    assets: [{asset: fw, configured: true}, {asset: gw, forwards: true}]
    entries:
      - {asset: fw, entry: fw wan1, device: fw, observed: true, declared: true}
      - {asset: gw, entry: gw anydesk, machine: gw, observed: true, declared: false}
      - {asset: gw, entry: paper, device: gw, observed: false, declared: false}
    passes: [fw, gw]
---*/
select asset, entry, method, coalesce(zone, '?') as zone, coalesce(sources, '*') as sources, evidence
from entries
where observed and not declared and device is not null
