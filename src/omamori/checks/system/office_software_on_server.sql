/*---
title:
  ja: サーバにWeb閲覧や文書のソフトが入っている
  en: A server has browsers or office programs
severity: low
subject: asset
key: [asset, name]
scope: select asset from assets where role = 'server'
why:
  ja: Web閲覧・メール・文書のソフトは攻撃の入口になりやすく、更新も頻繁に要ります。サーバで使う理由は多くありません。
  en: Browsers, mail and office programs are where attacks begin, and want many updates. A server seldom needs them.
message:
  ja: "{asset}: {name} {version} が入っています"
  en: "{asset}: {name} {version} is installed"
fix:
  cost: none
  ja: 使っていなければ削除してください。
  en: Remove it when nobody uses it.
  run: sudo apt-get remove firefox-esr thunderbird libreoffice-core
ask:
  ja: このソフトがサーバで必要かを確認してください。
  en: Ask whether the server needs this program.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, role: server}, {asset: pc, role: client}]
    software: [{asset: a, name: firefox-esr, version: "115"}, {asset: pc, name: firefox}]
    fails: [[a, firefox-esr]]
  good:
    hosts: [{asset: a, role: server}]
    software: [{asset: a, name: openssl}]
    passes: [a]
---*/
select asset, name, version, evidence
from software
where name in ('firefox', 'firefox-esr', 'chromium', 'chromium-browser', 'google-chrome-stable', 'thunderbird', 'evolution',
               'libreoffice-core', 'libreoffice-writer', 'org.mozilla.firefox')
