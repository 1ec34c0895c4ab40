/*---
title: {ja: Microsoft Defenderがポリシーで無効のまま, en: A policy keeps Microsoft Defender switched off}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 今は別の製品が動いていますが、契約が切れたり外したりした時に、Windowsが自分でDefenderを動かすことができず、何も守らない期間ができます。
  en: Another product runs today. When its contract ends or it is taken out, Windows cannot bring its own protection back, and for a time nothing protects.
message:
  ja: "{asset}: {product} が動いていますが、ポリシーがDefenderを無効にしています(DisableAntiSpyware)"
  en: "{asset}: {product} runs, and a policy switches Defender off (DisableAntiSpyware)"
fix:
  cost: none
  ja: ポリシーを未設定に戻してください。別の製品が動いている間、Windowsは自分でDefenderを控えさせます。
  en: Set the policy back to not configured. While another product runs, Windows holds Defender back by itself.
  run: |
    reg query "HKLM\SOFTWARE\Policies\Microsoft\Windows Defender" /v DisableAntiSpyware
    reg delete "HKLM\SOFTWARE\Policies\Microsoft\Windows Defender" /v DisableAntiSpyware /f
ask:
  ja: 製品の導入のために無効にしたのか、未設定に戻してよいかを確認してください。
  en: Ask whether it was switched off for the product, and whether the policy may go.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: e, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: lx, platform: linux}]
    windows_settings:
      - {asset: a, defender_off_by_policy: true}
      - {asset: e, defender_off_by_policy: true}
      - {asset: b, defender_off_by_policy: false}
      - {asset: c, defender_off_by_policy: true}
      - {asset: d, defender_off_by_policy: true}
      - {asset: lx, defender_off_by_policy: true}
    security_products:
      - {asset: a, name: ESET, kind: antivirus, running: true}
      - {asset: e, name: CrowdStrike Falcon, kind: edr, running: true}
      - {asset: b, name: ESET, kind: antivirus, running: true}
      - {asset: c, name: ESET, kind: antivirus, running: false}
      - {asset: c, name: defender, kind: antivirus, running: true}
      - {asset: d, name: sysmon, kind: audit, running: true}
      - {asset: lx, name: ESET, kind: antivirus, running: true}
    fails: [a, e]
  good:
    hosts: [{asset: a, platform: windows}]
    windows_settings: [{asset: a, defender_off_by_policy: false}]
    security_products: [{asset: a, name: ESET, kind: antivirus, running: true}]
    passes: [a]
---*/
-- Where nothing else runs, protection.stopped tells.
select s.asset, p.name as product, s.evidence
from windows_settings s
join security_products p on p.asset = s.asset and p.kind in ('antivirus', 'edr') and p.running and p.name <> 'defender'
where s.defender_off_by_policy
