/*---
title: {ja: ドメインの管理者がサービス用に登録されている, en: "An administrator of the domain is registered for a service"}
severity: high
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: サービス用に登録されたアカウントのパスワードは、院内のだれでも手元で試せます(Kerberoasting)。それが管理者なら、当たった人がドメインを手に入れます。
  en: "Of an account registered for a service anybody inside can try the password at home (Kerberoasting). If it is an administrator, whoever hits owns the domain."
message:
  ja: "{asset}: 管理者 {account} にサービスが {services} 件登録されています"
  en: "{asset}: {services} services are registered on the administrator {account}"
fix:
  cost: none
  ja: サービスには、管理者でない専用のアカウント(できればグループ管理サービスアカウント)を使ってください。それまでは25文字以上のパスワードにします。
  en: "Give the service an account of its own that is no administrator (best a group managed service account). Until then use a password of 25 characters or more."
  run: |
    setspn -L NAME
ask:
  ja: ドメインを構築した業者に、変えたときの影響を確認してください。
  en: "Ask the vendor who built the domain what the change would affect."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    accounts:
      - {asset: a, name: svc-sql, enabled: true, protected: true, service_names: 1}
      - {asset: a, name: shut, enabled: false, protected: true, service_names: 1}
      - {asset: a, name: web, enabled: true, protected: false, service_names: 1}
      - {asset: a, name: good, enabled: true, protected: true, service_names: 0}
      - {asset: a, name: KRBTGT, enabled: true, protected: true, service_names: 1}
      - {asset: m, name: svc-sql, enabled: true, protected: true, service_names: 1}
      - {asset: lx, name: svc-sql, enabled: true, protected: true, service_names: 1}
    fails: [[a, svc-sql]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    accounts:
      - {asset: a, name: shut, enabled: false, protected: true, service_names: 1}
      - {asset: a, name: web, enabled: true, protected: false, service_names: 1}
      - {asset: a, name: good, enabled: true, protected: true, service_names: 0}
      - {asset: a, name: KRBTGT, enabled: true, protected: true, service_names: 1}
    passes: [a]
---*/
select asset, name as account, service_names as services, evidence
from accounts
where enabled and protected and service_names > 0 and lower(name) <> 'krbtgt'
