/*---
title:
  ja: 更新の反映に再起動が必要
  en: Installed updates wait for a restart
severity: medium
subject: asset
key: [asset]
why:
  ja: 再起動するまで古いプログラムが動き続けます。更新したつもりでも、弱点は残ったままです。
  en: "Until the restart the old programs keep running: the flaw stays, although the update is installed."
message:
  ja: "{asset}: 再起動を待っている更新があります({reason})"
  en: "{asset}: updates wait for a restart ({reason})"
fix:
  cost: none
  ja: 停止できる時間を決めて再起動し、業務のプログラムが動くことを確かめてください。
  en: Choose a time, restart, and see that the programs people need come up again.
  run: sudo systemctl reboot
ask:
  ja: 更新後に再起動したか、次に停止できるのはいつかを確認してください。
  en: Ask whether the machine was restarted after the update, and when it may stop next.
examples:
  now: 2026-01-31
  bad:
    update_policy: [{asset: a, reboot_needed: true, reboot_reason: linux-image}]
    fails: [a]
  good:
    update_policy: [{asset: a, reboot_needed: false}, {asset: b}]
    passes: [a, b]
---*/
select asset, reboot_reason as reason, evidence
from update_policy
where reboot_needed
