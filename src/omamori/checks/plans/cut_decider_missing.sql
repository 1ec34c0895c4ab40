/*---
title:
  ja: 切ると決める人か、要る書類が決まっていない
  en: Nobody named to decide a cut, or no word on its paper
severity: medium
subject: site
key: [place]
why:
  ja: 切ってよい人がいても、診療を止めると決めるのは診療の責任者です。誰に電話し、どの紙に書くかを探しているあいだに広がります。
  en: Somebody may cut, but that care stops is for who answers for it to decide. While people look for a name and a form, it spreads.
message:
  ja: "{place}: {lacks_ja}が書かれていません"
  en: "{place}: {lacks_en} not entered"
fix:
  cost: none
  ja: 院長・診療の責任者と決め、「切る場所」シートの「切ると決める人」と「その日に要る書類」に書いてください。書類が要らなければ「なし」と書きます。
  en: Settle it with the director and who answers for the care, and enter who decides and the paper needed. Write none where none is needed.
examples:
  now: 2026-01-31
  bad:
    cut_points: [{place: a, decides: d}, {place: b, paper: p}, {place: c, decides: d, paper: p}]
    fails: [a, b]
  good:
    cut_points: [{place: c, decides: d, paper: p}]
---*/
select place,
  concat_ws('・', if(decides is null, '切ると決める人', null), if(paper is null, 'その日に要る書類', null)) as lacks_ja,
  concat_ws(', ', if(decides is null, 'who decides', null), if(paper is null, 'the paper needed', null)) as lacks_en,
  evidence
from cut_points
where decides is null or paper is null
