/*---
title:
  ja: セキュリティ更新が適用されていない
  en: Security updates are not installed
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 公開された弱点は攻撃の道具に組み込まれます。更新は費用のかからない最も確実な対策です。
  en: Published flaws become part of attack tools. Updating costs nothing and is the surest protection.
message:
  ja: "{asset}: 未適用のセキュリティ更新が{count}件あります(例: {example})"
  en: "{asset}: {count} security updates wait to be installed (for example {example})"
fix:
  cost: low
  ja: 業務への影響が少ない時間に、バックアップを確かめてから更新してください。
  en: Choose a quiet hour, check the backup, then update.
  run: |
    sudo apt-get update && sudo apt-get upgrade   # Debian, Ubuntu
    sudo dnf upgrade --security   # RHEL family
ask:
  ja: 保守契約に更新の適用が含まれるか、次にいつ適用するかを確認してください。
  en: Ask whether the contract includes updates, and when they will be installed next.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: web, platform: linux}, {asset: win, platform: windows}]
    pending_updates:
      - {asset: web, name: openssl, security: true}
      - {asset: web, name: vim, security: false}
      - {asset: win, name: office, security: true}
    fails: [web]
  good:
    hosts: [{asset: web, platform: linux}]
    pending_updates: [{asset: web, name: vim, security: false}]
---*/
select asset, count(*) as count, min(name) as example, arg_min(evidence, name) as evidence
from pending_updates
where security
group by asset
