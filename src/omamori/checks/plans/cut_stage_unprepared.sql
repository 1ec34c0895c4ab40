/*---
title:
  ja: 遮断の段階に、切る場所の準備がない
  en: A stage of the block that nobody has prepared
severity: medium
subject: site
key: [stage]
why:
  ja: 控えの次は外の回線、区画の境目、一台の機器と、切る幅を狭めていきます。決まっていない段階があると、病院全部を切るか何も切らないかになります。
  en: After the copies come the lines, the borders and the single machine. Where a stage is missing, all that is left is to cut everything or nothing.
message:
  ja: "「切る場所」シートに、{stage_ja}を切る場所がありません"
  en: "the sheet of places to cut names none for {stage_en}"
fix:
  cost: none
  ja: omamori isolate が、設定から分かった切り方と足りないものを並べます。ケーブルと、切ってよい人・決める人・要る書類を「切る場所」シートに書いてください。
  en: omamori isolate lists how each could be cut and what is missing. Enter the cables, who may cut, who decides and which paper is needed in the sheet of places to cut.
examples:
  now: 2026-01-31
  bad:
    cut_points: [{place: a, kind: backup}, {place: b, kind: line}, {place: c}]
    fails: [border, machine]
  good:
    cut_points: [{place: a, kind: line}, {place: b, kind: border}, {place: c, kind: machine}]
---*/
with needed as (
  select 'line' as stage, '外部の回線' as stage_ja, 'the outside lines' as stage_en
  union all select 'border', '区画(ゾーン)の境目', 'the borders between zones'
  union all select 'machine', '一台の機器', 'a single machine'
)
select n.stage, n.stage_ja, n.stage_en
from needed n
where not exists (select 1 from cut_points c where c.kind = n.stage)
