/*---
title: {ja: 作り手がやめたソフトが残っている, en: Software its makers gave up is still installed}
severity: medium
subject: asset
key: [asset, name]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 修正が二度と出ません。見つかった弱点は、消すまで残ります。
  en: It will never be corrected. Its flaws stay until it is removed.
message:
  ja: "{asset}: {name} {version} が入っています"
  en: "{asset}: {name} {version} is installed"
fix:
  cost: none
  ja: 使っていなければ削除してください。使う画面があれば、業者に替え方を尋ねます。
  en: Remove it when nobody uses it. Where a screen needs it, ask the vendor what replaces it.
  run: |
    appwiz.cpl   # プログラムと機能 / Programs and Features
ask:
  ja: このソフトを使う画面があるか、いつ替わるかを確認してください。
  en: Ask whether a screen needs it, and when that will change.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    software:
      - {asset: a, name: Adobe Flash Player 32 ActiveX, version: "32.0.0.465"}
      - {asset: a, name: Microsoft Silverlight, version: "5.1"}
      - {asset: a, name: Flash Card Reader Driver}
      - {asset: b, name: Java 7 Update 80, version: "7.0.800"}
      - {asset: b, name: Java 8 Update 401}
      - {asset: lx, name: Adobe Flash Player 11}
    fails: [[a, Adobe Flash Player 32 ActiveX], [a, Microsoft Silverlight], [b, Java 7 Update 80]]
  good:
    hosts: [{asset: a, platform: windows}]
    software: [{asset: a, name: Adobe Acrobat Reader}]
    passes: [a]
---*/
select asset, name, version, evidence
from software
where regexp_matches(lower(name), '^(adobe flash player|adobe shockwave|microsoft silverlight|quicktime|java(\(tm\))? ?[67]( update|$)|j2se runtime|msxml 4)')
