/*---
title: {ja: 間違えても締め出されない, en: Wrong passwords never lock an account}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform in ('linux', 'windows')
why:
  ja: 回数の上限がないと、プログラムが当たるまで試し続けます。公表された被害でも、上限は0(なし)でした。
  en: Without a limit a program goes on until it hits. In published incidents the limit was zero, that is none.
message:
  ja: "{asset}: パスワードを間違える回数に上限がありません"
  en: "{asset}: there is no limit on wrong passwords"
fix:
  cost: none
  ja: 10回間違えたら10分締め出す設定を入れてください。診療を止めないよう、時間で自動的に解けるようにします。
  en: Lock for ten minutes after ten wrong ones; let it open by itself so that care goes on.
  run: |
    net accounts /lockoutthreshold:10 /lockoutduration:10 /lockoutwindow:10   # Windows, no domain
    sudo authselect enable-feature with-faillock   # RHEL family
    printf 'deny = 10\nunlock_time = 600\n' | sudo tee -a /etc/security/faillock.conf
    man pam_faillock   # Debian, Ubuntu: the lines for /etc/pam.d/common-auth
ask:
  ja: 締め出しの設定(回数と時間)を入れても業務に支障がないかを確認してください。
  en: Ask whether a lockout (tries and minutes) can be set without harm to the work.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    password_policy: [{asset: ehr, lockout_threshold: 0}, {asset: bsd, lockout_threshold: 0}]
    fails: [ehr]
  good:
    hosts: [{asset: ehr, platform: linux}]
    password_policy: [{asset: ehr, lockout_threshold: 1}]
---*/
select asset, evidence
from password_policy
where lockout_threshold = 0
