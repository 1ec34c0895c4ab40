/*---
title:
  ja: 携帯回線がつながっている
  en: A mobile line is attached
severity: high
subject: asset
key: [asset, name]
why:
  ja: 携帯回線やスマートフォンの中継は、入口を守る装置を通らずに院外とつながります。
  en: A mobile line or a phone leads outside past every device that guards the entrance.
message:
  ja: "{asset}: 携帯回線 {name} があります({address})"
  en: "{asset}: there is a mobile line {name} ({address})"
fix:
  cost: none
  ja: 外してください。保守に必要なら台帳の外部接続に記入し、使うときだけつないでください。
  en: Unplug it. If maintenance needs it, write it into the ledger and attach it only while it is used.
ask:
  ja: 携帯回線の用途、接続先、使うときだけつなげるかを確認してください。
  en: Ask what the mobile line is for, where it leads, and whether it can be attached only while used.
examples:
  now: 2026-01-31
  bad:
    interfaces: [{asset: a, name: wwan0, kind: mobile, address: 100.64.3.4}]
    fails: [[a, wwan0]]
  good:
    interfaces: [{asset: a, name: eth0, kind: ethernet}, {asset: b, name: lo}]
    passes: [a, b]
---*/
select asset, name, address, evidence
from interfaces
where kind = 'mobile'
