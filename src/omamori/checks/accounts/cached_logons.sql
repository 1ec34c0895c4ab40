/*---
title: {ja: サーバに多くの人のログイン情報が残る, en: A server keeps the logins of many people}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and role = 'server' and domain_role = 'member'
why:
  ja: サーバを奪った者は、残っているログイン情報から管理者のパスワードを探せます。サーバで要るのは、ドメインが止まった日に入る一人か二人の分だけです。
  en: Whoever takes the server can search the logins it keeps for an administrator's password. It needs only those of the one or two who come when the domain is down.
message:
  ja: "{asset}: ドメインのログイン情報を{count}人分まで残します(5人分以上)"
  en: "{asset}: it keeps up to {count} domain logins (5 or more)"
fix:
  cost: none
  ja: 2にしてください。0にすると、ドメインコントローラが止まったときにドメインのアカウントでは入れなくなります。
  en: Set it to 2. With 0 no domain account gets in while the domain controller is down.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon" /v CachedLogonsCount /t REG_SZ /d 2 /f
ask:
  ja: サーバに残すログイン情報の数を減らしてよいかを確認してください。
  en: Ask whether the number of logins kept may be lowered.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server, domain_role: member}, {asset: b, platform: windows, role: server, domain_role: member}, {asset: pc, platform: windows, role: client, domain_role: member}, {asset: dc, platform: windows, role: server, domain_role: controller}, {asset: lin, platform: linux, role: server, domain_role: member}, {asset: c, platform: windows, role: server, domain_role: member}, {asset: d, platform: windows, role: server, domain_role: member}]
    windows_settings: [{asset: a, cached_logons: 10}, {asset: b, cached_logons: 5}, {asset: pc, cached_logons: 10}, {asset: dc, cached_logons: 10}, {asset: lin, cached_logons: 10}, {asset: c}, {asset: d, cached_logons: 4}]
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: windows, role: server, domain_role: member}, {asset: b, platform: windows, role: server, domain_role: member}]
    windows_settings: [{asset: a, cached_logons: 4}, {asset: b, cached_logons: 0}]
---*/
select asset, cached_logons as count, evidence
from windows_settings
where cached_logons > 4
