/*---
title: {ja: Windowsのバックアップが3世代ない, en: Fewer than three generations of the Windows backup}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 気づくまでに何日もかかることがあります。世代が少ないと、暗号化されたものしか残りません。
  en: It may take days to notice. With few generations only encrypted copies are left.
message:
  ja: "{asset}: Windowsバックアップの世代は {count} です"
  en: "{asset}: the Windows backup keeps {count} generations"
fix:
  cost: low
  ja: 保存先の空きを増やすか、保存先を二つに分けて、3世代以上残してください。
  en: Make room at the target, or use two targets, so that three or more are kept.
  run: |
    wbadmin get versions
ask:
  ja: 残している世代の数と、増やせるかを確認してください。
  en: Ask how many generations are kept and whether there can be more.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: lx, platform: linux}]
    backup_generations:
      - {asset: c, job: shadow-copy, generation: "9"}
      - {asset: a, job: windows-backup, generation: "1"}
      - {asset: a, job: windows-backup, generation: "2"}
      - {asset: a, job: shadow-copy, generation: "3"}
      - {asset: b, job: windows-backup, generation: "1"}
      - {asset: b, job: windows-backup, generation: "2"}
      - {asset: b, job: windows-backup, generation: "3"}
      - {asset: lx, job: windows-backup, generation: "1"}
    fails: [a]
  good:
    hosts: [{asset: b, platform: windows}]
    backup_generations: [{asset: b, job: windows-backup, generation: "1"}, {asset: b, job: windows-backup, generation: "2"}, {asset: b, job: windows-backup, generation: "3"}]
    passes: [b]
---*/
select asset, count(*) as count, min(evidence) as evidence
from backup_generations
where job = 'windows-backup'
group by asset
having count(*) < 3
