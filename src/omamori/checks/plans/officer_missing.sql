/*---
title:
  ja: 医療情報システムの安全管理責任者が書かれていない
  en: No officer is responsible for the medical information systems
severity: high
subject: site
key: [name]
why:
  ja: 決める人がいないと、費用も順番も、非常時に切る判断も決まりません。
  en: Without somebody who decides there is neither money nor order, nor anybody to cut the line in an emergency.
message:
  ja: "{name}({beds}床): 「病院」シートの責任者が空欄です"
  en: "{name} ({beds} beds): the officer in the sheet of the hospital is empty"
fix:
  cost: none
  ja: 院長が辞令か会議録で任命し、氏名か役職を台帳に書いてください。
  en: The director appoints one by letter or minutes; enter name or post.
examples:
  now: 2026-01-31
  bad:
    site: [{name: H}]
    fails: [H]
  good:
    site: [{name: H, officer: director}]
---*/
select name, beds, evidence from site where officer is null
