/*---
title: {ja: Windowsの更新が3か月以上入っていない, en: No Windows update for three months}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 更新は毎月出ます。3か月止まると、すでに攻撃に使われている弱点がそのまま残ります。
  en: Updates appear every month. After three months without, flaws already used in attacks stay open.
message:
  ja: "{asset}: 最後の更新は {last} です"
  en: "{asset}: the last update was installed on {last}"
fix:
  cost: low
  ja: バックアップを確かめてから更新し、以後の月ごとの更新日を決めてください。閉じたネットワークでは、更新ファイルを検査済みの媒体で運べます。
  en: Check the backup, update, and fix a day of the month from now on. In a closed network carry the update files on a scanned medium.
  run: |
    # latest updates, newest first
    Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5
    # an update file carried in (test on one machine first)
    wusa.exe D:\windows10.0-kbXXXXXXX-x64.msu /quiet /norestart
ask:
  ja: 更新を止めている理由、次に更新できる時期、それまでの代わりの対策を確認してください。
  en: Ask why updates are held back, when the next can be made, and what protects until then.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    patches:
      - {asset: a, patch_id: KB1, installed: 2025-10-31}
      - {asset: a, patch_id: KB2, installed: 2025-06-01}
      - {asset: b, patch_id: KB1, installed: 2025-06-01}
      - {asset: b, patch_id: KB3, installed: 2025-11-01}
      - {asset: lx, patch_id: KB1, installed: 2020-01-01}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}]
    patches: [{asset: a, patch_id: KB1, installed: 2025-11-01}]
    passes: [a]
---*/
select asset, max(installed) as last, arg_max(evidence, installed) as evidence
from patches
group by asset
having max(installed) < $now - interval 91 days
