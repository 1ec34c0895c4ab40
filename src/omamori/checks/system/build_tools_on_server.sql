/*---
title:
  ja: サーバに開発用の道具が入っている
  en: Tools for building programs are on a server
severity: low
subject: asset
key: [asset]
scope: select asset from assets where role = 'server'
why:
  ja: 侵入した人が、その場で攻撃の道具を作れてしまいます。動かすだけのサーバには要りません。
  en: They let an intruder build tools on the spot. A server that only runs programs does not need them.
message:
  ja: "{asset}: 開発用の道具が{count}個入っています({names})"
  en: "{asset}: {count} tools for building programs are installed ({names})"
fix:
  cost: none
  ja: 業務のプログラムが使っていないことを確かめて、削除してください。
  en: See that no program needs them, then remove them.
  run: sudo apt-get remove gcc g++ make gdb
ask:
  ja: この道具が保守に必要かを確認してください。
  en: Ask whether maintenance needs these tools.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, role: server}, {asset: pc, role: client}]
    software: [{asset: a, name: gcc}, {asset: a, name: gcc-12}, {asset: pc, name: gcc}]
    fails: [a]
  good:
    hosts: [{asset: a, role: server}]
    software: [{asset: a, name: gcc-12-base}, {asset: a, name: bash}]
    passes: [a]
---*/
select asset, count(*) as count, string_agg(name, ', ' order by name) as names, min(evidence) as evidence
from software
where regexp_matches(name, '^(gcc|g\+\+|clang|make|gdb|nasm|golang)(-[0-9.]+)?$')
group by asset
