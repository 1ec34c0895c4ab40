/*---
title:
  ja: 未適用の更新がたまっている
  en: Many updates have piled up
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: たまるほど一度の更新で変わるものが増え、不具合も心配になって、ますます更新できなくなります。
  en: The more piles up, the more changes at once, and the harder it becomes to dare it.
message:
  ja: "{asset}: 未適用の更新が{count}件あります"
  en: "{asset}: {count} updates wait"
fix:
  cost: low
  ja: まず試験できる機器で更新し、問題がなければ順に進めてください。
  en: Update a machine where you can try it first, then go on one by one.
  run: "sudo apt-get upgrade   # or: sudo dnf upgrade"
ask:
  ja: たまった更新をいつ、どの順に適用するかを確認してください。
  en: Ask when and in which order the waiting updates will be installed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: linux}, {asset: w, platform: windows}]
    pending_updates:
      [{asset: a, name: p01}, {asset: a, name: p02}, {asset: a, name: p03}, {asset: a, name: p04}, {asset: a, name: p05}, {asset: a, name: p06},
       {asset: a, name: p07}, {asset: a, name: p08}, {asset: a, name: p09}, {asset: a, name: p10}, {asset: a, name: p11}, {asset: a, name: p12},
       {asset: a, name: p13}, {asset: a, name: p14}, {asset: a, name: p15}, {asset: a, name: p16}, {asset: a, name: p17}, {asset: a, name: p18},
       {asset: a, name: p19}, {asset: a, name: p20}, {asset: a, name: p21},
       {asset: w, name: p01}, {asset: w, name: p02}, {asset: w, name: p03}, {asset: w, name: p04}, {asset: w, name: p05}, {asset: w, name: p06}, {asset: w, name: p07},
       {asset: w, name: p08}, {asset: w, name: p09}, {asset: w, name: p10}, {asset: w, name: p11}, {asset: w, name: p12}, {asset: w, name: p13}, {asset: w, name: p14},
       {asset: w, name: p15}, {asset: w, name: p16}, {asset: w, name: p17}, {asset: w, name: p18}, {asset: w, name: p19}, {asset: w, name: p20}, {asset: w, name: p21}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: linux}]
    pending_updates:
      [{asset: a, name: p01}, {asset: a, name: p02}, {asset: a, name: p03}, {asset: a, name: p04}, {asset: a, name: p05}, {asset: a, name: p06},
       {asset: a, name: p07}, {asset: a, name: p08}, {asset: a, name: p09}, {asset: a, name: p10}, {asset: a, name: p11}, {asset: a, name: p12},
       {asset: a, name: p13}, {asset: a, name: p14}, {asset: a, name: p15}, {asset: a, name: p16}, {asset: a, name: p17}, {asset: a, name: p18},
       {asset: a, name: p19}, {asset: a, name: p20}]
    passes: [a]
---*/
select asset, count(*) as count, min(evidence) as evidence
from pending_updates
group by asset
having count(*) > 20
