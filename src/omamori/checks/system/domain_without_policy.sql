/*---
title: {ja: ドメインのポリシーが一つも効いていない, en: No policy of the domain is in force}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and domain_role = 'member'
why:
  ja: ドメインに入っていても、パスワードや更新の決まりが届いていません。一台ずつ手で守ることになります。
  en: Though it is in the domain, rules for passwords and updates do not reach it. Each machine has to be looked after by hand.
message:
  ja: "{asset}: コンピューターに適用されたグループポリシーがありません"
  en: "{asset}: no group policy is applied to the computer"
fix:
  cost: none
  ja: ドメインに届くか(時刻のずれ、DNS)を確かめ、gpresultで理由を見てください。
  en: See whether it reaches the domain (clock, DNS), and let gpresult tell the reason.
  run: |
    gpresult /r /scope computer
    w32tm /query /status
ask:
  ja: この機器をポリシーの対象から外しているかを確認してください。
  en: Ask whether the machine was taken out of the policies on purpose.
examples:
  now: 2026-01-31
  bad:
    hosts:
      - {asset: a, platform: windows, domain_role: member}
      - {asset: u, platform: windows, domain_role: member}
      - {asset: f, platform: windows, domain_role: member}
      - {asset: ok, platform: windows, domain_role: member}
      - {asset: alone, platform: windows, domain_role: standalone}
      - {asset: lx, platform: linux, domain_role: member}
    group_policies:
      - {asset: u, name: Users, scope: user, applied: true}
      - {asset: f, name: Filtered, scope: computer, applied: false}
      - {asset: ok, name: Default Domain Policy, scope: computer, applied: true}
    fails: [a, u, f]
  good:
    hosts: [{asset: ok, platform: windows, domain_role: member}]
    group_policies: [{asset: ok, name: Default Domain Policy, scope: computer, applied: true}]
    passes: [ok]
---*/
select h.asset, h.evidence
from hosts h
where not exists (select 1 from group_policies g where g.asset = h.asset and g.scope = 'computer' and g.applied)
