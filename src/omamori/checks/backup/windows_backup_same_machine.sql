/*---
title: {ja: Windowsのバックアップがこの機器の中にしかない, en: The Windows backup lies only inside this machine}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 同じ機器の中の控えは、機器ごと暗号化されたり壊れたりします。公表された被害では、これで戻せなくなりました。
  en: A copy inside the machine is encrypted or breaks together with it. In published incidents nothing could be brought back because of it.
message:
  ja: "{asset}: {count} 世代すべてが同じ機器の中({target})にあります"
  en: "{asset}: all {count} generations lie inside the machine ({target})"
fix:
  cost: low
  ja: 別の機器か、終わったら外す媒体にも写してください。
  en: Copy them to another machine, or to a medium that is taken off afterwards.
  run: |
    wbadmin get versions
ask:
  ja: 別の機器や外せる媒体にも保存できるかを確認してください。
  en: Ask whether another machine or a removable medium can be used as well.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    backup_generations:
      - {asset: a, job: windows-backup, target: "D:", target_kind: same-host}
      - {asset: a, job: windows-backup, target: "D:", target_kind: same-host}
      - {asset: a, job: shadow-copy, target_kind: remote-host}
      - {asset: b, job: windows-backup, target_kind: same-host}
      - {asset: b, job: windows-backup, target_kind: network-mount}
      - {asset: lx, job: windows-backup, target_kind: same-host}
    fails: [a]
  good:
    hosts: [{asset: b, platform: windows}, {asset: c, platform: windows}]
    backup_generations: [{asset: b, job: windows-backup, target_kind: removable}, {asset: c, job: windows-backup}]
    passes: [b, c]
---*/
select asset, count(*) as count, min(target) as target, min(evidence) as evidence
from backup_generations
where job = 'windows-backup'
group by asset
having count(*) = count(*) filter (target_kind = 'same-host')
