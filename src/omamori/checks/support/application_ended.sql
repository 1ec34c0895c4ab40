/*---
title: {ja: データベースなどのサポートが終わっている, en: Support of a database or other program has ended}
severity: high
subject: asset
key: [asset, product, version]
why:
  ja: 患者情報を預かるデータベースや、画面を出すプログラムの弱点が直らないままになります。
  en: Weaknesses of the program that holds patient data, or shows it, stay open.
message:
  ja: "{asset}: {label} のサポートは {ended} に終わりました"
  en: "{asset}: support of {label} ended on {ended}"
fix:
  cost: medium
  ja: 業務ソフトの業者に、対応する新しい版と更新の手順を確かめてください。使っていなければ削除してください。
  en: Ask the vendor of the application which newer version it supports and how to upgrade. Remove the program when it is not used.
ask:
  ja: お使いのデータベースなどはサポートが終わっています。新しい版への更新の予定を教えてください。
  en: The database or program you installed is no longer supported. When will it be upgraded?
examples:
  now: 2026-01-31
  bad:
    application_support:
      - {asset: a, product: postgresql, version: "9.6", label: PostgreSQL 9.6, ends: 2021-11-11}
      - {asset: a, product: php, version: "7.4", label: PHP 7.4, ends: 2022-11-28, extended_ends: 2026-01-29}
      - {asset: b, product: mysql, version: "8.0", label: MySQL 8.0, ends: 2026-01-29}
    fails: [[a, postgresql, "9.6"], [a, php, "7.4"], [b, mysql, "8.0"]]
  good:
    application_support:
      - {asset: c, product: sql-server, version: "2016", label: SQL Server 2016, ends: 2025-07-14, extended_ends: 2029-07-17}
      - {asset: c, product: nodejs, version: "24", label: Node.js 24, ends: 2026-01-30, extended_ends: 2020-01-01}
      - {asset: c, product: own, version: "1", label: own}
    passes: [c]
---*/
select asset, product, version, label, greatest(ends, coalesce(extended_ends, ends)) as ended, evidence
from application_support
where greatest(ends, coalesce(extended_ends, ends)) < $now - interval 1 day
