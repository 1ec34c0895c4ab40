/*---
title:
  ja: バックアップの世代が3未満
  en: Fewer than three generations of a backup
severity: high
subject: asset
key: [asset, job]
scope: select asset from declared_backups
why:
  ja: 気付くまでに日がたつと、新しい世代から順に壊れたものに置き換わります。
  en: Until an attack is noticed, one generation after another is replaced by a damaged one.
message:
  ja: "{asset}: バックアップ {job} は{generations}世代です"
  en: "{asset}: backup {job} keeps {generations} generations"
fix:
  cost: none
  ja: バックアップの設定画面で保存世代を3以上(できれば7)にしてください。容量が足りなければ間隔を見直します。
  en: Set it to three or more (better seven) generations; if space is short, reconsider the interval.
ask:
  ja: 業者に、保存世代を増やせるかを確認してください。設定だけで済むことが多い項目です。
  en: Ask whether more generations can be kept; often it is only a setting.
examples:
  now: 2026-01-31
  bad:
    declared_backups: [{asset: ehr, job: a, generations: 2}, {asset: ehr, job: b}]
    fails: [[ehr, a]]
    unknowns: [[ehr, b]]
  good:
    declared_backups: [{asset: ehr, job: a, generations: 3}]
---*/
select asset, job, generations, if(generations is null, 'to_confirm', null) as unknown, evidence
from declared_backups
where generations is null or generations < 3
