/*---
title: {ja: Windows Updateがポリシーで止められている, en: Windows Update is switched off by policy}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 更新を自動で取り込まず、代わりの配布元(WSUS)もありません。公表された被害では、この状態の機器が広く残っていました。
  en: It takes no updates by itself and has no other source (WSUS). In published incidents many machines stood like this.
message:
  ja: "{asset}: 自動更新が止められ、代わりの更新サーバもありません"
  en: "{asset}: automatic updates are off and no other update server is set"
fix:
  cost: low
  ja: 止めている設定の出所(グループポリシーか業者の設定か)を調べ、院内にWSUSを置くか、毎月手で更新する担当と日を決めてください。
  en: Find where the setting comes from (group policy or a vendor), then either set up WSUS inside, or name who updates by hand on which day.
  run: |
    reg query HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate /s
    gpresult /r   # which policy sets it
ask:
  ja: 更新を止めた理由と、止めたままにする代わりの対策(ネットワークの分離など)を確認してください。
  en: Ask why updates were stopped, and what protects instead, such as a separate network.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: wsus, platform: windows}, {asset: auto, platform: windows}, {asset: lx, platform: linux}]
    update_policy:
      - {asset: a, automatic: false}
      - {asset: wsus, automatic: false, server: wsus.example}
      - {asset: auto, automatic: true}
      - {asset: lx, automatic: false}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}]
    update_policy: [{asset: a, automatic: true}, {asset: b, automatic: false, server: wsus}]
    passes: [a, b]
---*/
select asset, evidence
from update_policy
where automatic is false and server is null
