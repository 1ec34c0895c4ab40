/*---
title: {ja: パスワードを何度間違えてもほとんど止められない, en: Wrong passwords are hardly slowed down}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 締め出しの設定があっても、回数が多すぎるか時間が短すぎると、機械は一日に何千回も試せます。
  en: Lockout is set, but with so many attempts or for so short a time that a program still tries thousands of passwords a day.
message:
  ja: "{asset}: {threshold}回の間違いで{minutes}分の締め出しです"
  en: "{asset}: {threshold} wrong passwords lock an account for {minutes} minutes"
fix:
  cost: none
  ja: 10回の間違いで15分くらいにしてください。厳しすぎると診療中の職員が締め出されるので、短くしすぎないのが要点です。
  en: Ten attempts and fifteen minutes are a good middle. Much stricter locks staff out in the middle of care.
  run: |
    net accounts
    net accounts /lockoutthreshold:10 /lockoutduration:15 /lockoutwindow:15
ask:
  ja: 締め出しの回数と時間を変えたとき、サービスや装置の自動ログオンに影響がないかを確認してください。
  en: Ask whether services or devices that log in by themselves would be affected.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: e, platform: windows}, {asset: f, platform: windows}, {asset: lx, platform: linux}]
    password_policy:
      - {asset: a, lockout_threshold: 51, lockout_minutes: 30}
      - {asset: b, lockout_threshold: 1, lockout_minutes: 1}
      - {asset: c, lockout_threshold: 50, lockout_minutes: 5}
      - {asset: d, lockout_threshold: 10, lockout_minutes: 0}
      - {asset: e, lockout_threshold: 0, lockout_minutes: 1}
      - {asset: f, lockout_threshold: 5, lockout_minutes: 4}
      - {asset: lx, lockout_threshold: 51, lockout_minutes: 1}
    fails: [a, b, f]
  good:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}]
    password_policy: [{asset: a, lockout_threshold: 10, lockout_minutes: 15}, {asset: b, lockout_threshold: 0, lockout_minutes: 30}]
    passes: [a, b]
---*/
-- No lockout at all is told by accounts.no_lockout; 0 minutes is until an administrator unlocks it.
select asset, lockout_threshold as threshold, lockout_minutes as minutes, evidence
from password_policy
where lockout_threshold > 50 or (lockout_threshold > 0 and lockout_minutes between 1 and 4)
