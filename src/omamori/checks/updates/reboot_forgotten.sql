/*---
title:
  ja: 更新後の再起動が長い間忘れられている
  en: A restart after an update was forgotten
severity: high
subject: asset
key: [asset]
why:
  ja: 中核(カーネル)の弱点は再起動するまで直りません。3か月を超えると、直したはずの弱点で侵入されます。
  en: Flaws of the kernel are mended only by a restart. After three months an intruder comes in by a flaw that was thought closed.
message:
  ja: "{asset}: 再起動を待つ更新がありますが、最後の起動は {booted} です"
  en: "{asset}: updates wait for a restart, but it last started {booted}"
fix:
  cost: none
  ja: 停止できる時間を決めて再起動し、毎月の更新の手順に再起動を入れてください。
  en: Choose a time and restart; make the restart part of the monthly update.
  run: sudo systemctl reboot
ask:
  ja: 再起動まで含めた更新作業を、いつ行えるかを確認してください。
  en: Ask when an update that includes the restart can be done.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, booted: "2025-11-01 23:59:59"}]
    update_policy: [{asset: a, reboot_needed: true}]
    fails: [a]
  good:
    hosts: [{asset: a, booted: "2025-11-02 00:00:00"}, {asset: b, booted: 2025-01-01}, {asset: c}]
    update_policy: [{asset: a, reboot_needed: true}, {asset: b, reboot_needed: false}, {asset: c, reboot_needed: true}]
    passes: [a, b, c]
---*/
select h.asset, h.booted, p.evidence
from hosts h join update_policy p on p.asset = h.asset and p.reboot_needed
where h.booted < $now - interval 90 days
