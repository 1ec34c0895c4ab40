/*---
title:
  ja: 札だけではたどり着けない切る場所
  en: A place to cut that nobody would find
severity: medium
subject: site
key: [place]
why:
  ja: 夜中に一人で切るとき、部屋とケーブルと、切ってよい人が書いてなければ手が止まります。
  en: Alone at night, whoever has to cut needs the room, the cable and the word that he may.
message:
  ja: "{place}: {lacks_ja}が書かれていません"
  en: "{place}: {lacks_en} not entered"
fix:
  cost: none
  ja: その場所まで歩いて、部屋、ケーブルの色か番号、切ってよい人(夜間・休日も)を書いてください。
  en: Walk there and enter the room, the colour or number of the cable, and who may cut it, nights and holidays included.
examples:
  now: 2026-01-31
  bad:
    cut_points:
      - {place: a, room: r, who: w}
      - {place: b, cable: c, who: w}
      - {place: d, cable: c, room: r}
      - {place: e, cable: c, room: r, who: w}
    fails: [a, b, d]
  good:
    cut_points: [{place: e, cable: c, room: r, who: w}]
---*/
select place,
  concat_ws('・', if(cable is null, 'ケーブル', null), if(room is null, '部屋', null), if(who is null, '切ってよい人', null)) as lacks_ja,
  concat_ws(', ', if(cable is null, 'cable', null), if(room is null, 'room', null), if(who is null, 'who may cut', null)) as lacks_en,
  evidence
from cut_points
where cable is null or room is null or who is null
