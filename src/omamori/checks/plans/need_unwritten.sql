/*---
title:
  ja: 復旧に要るものが、まだ書き出されていない
  en: What a recovery needs is not written down yet
severity: medium
subject: site
key: [kind]
why:
  ja: 復旧が止まるのは、たいてい控えではなく、鍵、認証、きれいな機器、立ち会う業者のどれかがないときです。
  en: A recovery mostly stops for lack of a key, the directory, a clean machine or the vendor, and not of the copy.
message:
  ja: "「復旧に要るもの」シートに {needed} がありません"
  en: "the sheet of what a recovery needs names no {needed_en}"
fix:
  cost: none
  ja: 一つずつ、どこにあるか、サーバがなくても使えるかを書いてください。当院に要らないものは、名前の欄に「要らない(理由)」と書き、使えるかを はい にします。
  en: Enter for each where it is and whether it can be had without the servers. For what you do not need write why into its name, and yes.
examples:
  now: 2026-01-31
  bad:
    recovery_needs: [{need: a, kind: key}, {need: b, kind: catalogue}, {need: c, kind: media}, {need: d, kind: vendor}, {need: e}]
    fails: [directory, clean-machine, paper]
  good:
    recovery_needs:
      - {need: a, kind: key}
      - {need: b, kind: catalogue}
      - {need: c, kind: directory}
      - {need: d, kind: media}
      - {need: e, kind: vendor}
      - {need: f, kind: clean-machine}
      - {need: g, kind: paper}
---*/
with needed as (
  select unnest(['key', 'catalogue', 'directory', 'media', 'vendor', 'clean-machine', 'paper']) as kind,
    unnest(['パスワードと暗号の鍵', 'バックアップ製品の設定とカタログ', '認証(AD)と名前解決(DNS)', 'OS・アプリケーションの媒体',
      '業者の立会い', 'きれいな機器・ディスク', '手順書(紙)']) as needed,
    unnest(['keys and passwords of the backup', 'settings and catalogue of the backup product', 'directory (AD) and DNS',
      'installation media', 'presence of the vendor', 'clean machine or disk', 'procedure on paper']) as needed_en
)
select n.kind, n.needed, n.needed_en
from needed n
where not exists (select 1 from recovery_needs r where r.kind = n.kind)
