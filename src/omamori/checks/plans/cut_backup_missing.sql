/*---
title:
  ja: バックアップを切り離す場所が決まっていない
  en: No place to cut the backups off
severity: high
subject: site
key: [kind]
why:
  ja: 最初の数分で控えを切り離せるかどうかで、戻れるかどうかが決まります。どのケーブルかを、その場で探す時間はありません。
  en: The first minutes decide whether the last copy survives. There is no time then to look for the cable.
message:
  ja: "「切る場所」シートに、バックアップのネットワークを切る場所がありません"
  en: "the sheet of places to cut names none for the backup network"
fix:
  cost: none
  ja: バックアップの保存先へ行くケーブルを一本ずつたどり、札を付け、「切る場所」シートに書いてください。omamori papers --only day で紙になります。
  en: Follow every cable to the place that keeps the backups, tie a label to it and enter it in the sheet of places to cut. omamori papers --only day prints it.
examples:
  now: 2026-01-31
  bad:
    cut_points: [{place: VPN, kind: line}, {place: x}]
    fails: [backup]
  good:
    cut_points: [{place: NAS, kind: backup}, {place: VPN, kind: line}]
---*/
with needed as (select 'backup' as kind)
select n.kind
from needed n
where not exists (select 1 from cut_points c where c.kind = n.kind)
