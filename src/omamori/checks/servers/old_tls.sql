/*---
title: {ja: Webサーバが古い暗号化(TLS 1.0/1.1)を許す, en: The web server accepts TLS 1.0 or 1.1}
severity: low
subject: asset
key: [asset, service, version]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 古い方式は、間に入った者が内容を読む方法が知られています。今のブラウザは既に使いません。
  en: Ways to read the old ones are known. Browsers have stopped using them.
message:
  ja: "{asset}: {service} が {version} を許しています"
  en: "{asset}: {service} accepts {version}"
fix:
  cost: none
  ja: 設定を TLSv1.2 TLSv1.3 だけにして読み直してください。古い検査装置や帳票ソフトが使えるかを先に確かめます。
  en: Name only TLSv1.2 and TLSv1.3 and reload, after trying old devices and report programs.
  run: |
    sudo grep -rn 'ssl_protocols' /etc/nginx
    sudo grep -rniE '^\s*SSLProtocol' /etc/apache2 /etc/httpd
ask:
  ja: TLS 1.2以上だけにしたときに、つながらなくなる機器があるかを確認してください。
  en: Ask which device cannot connect with TLS 1.2 or later only.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: web, platform: linux}, {asset: bsd, platform: other}]
    server_settings:
      - {asset: web, service: nginx, name: ssl_protocols, value: TLSv1 TLSv1.1 TLSv1.2}
      - {asset: web, service: apache, name: SSLProtocol, value: "-all +SSLv3 +TLSv1.2"}
      - {asset: bsd, service: nginx, name: ssl_protocols, value: TLSv1}
    fails: [[web, nginx, TLSv1], [web, nginx, TLSv1.1], [web, apache, SSLv3]]
  good:
    hosts: [{asset: web, platform: linux}]
    server_settings:
      - {asset: web, service: nginx, name: ssl_protocols, value: TLSv1.2 TLSv1.3}
      - {asset: web, service: apache, name: SSLProtocol, value: "all -SSLv3 -TLSv1 -TLSv1.1"}
      - {asset: web, service: nginx, name: server_tokens, value: TLSv1}
---*/
select s.asset, s.service, ltrim(t.word, '+') as version, s.evidence
from server_settings s, unnest(string_split(s.value, ' ')) as t(word)
where s.name in ('ssl_protocols', 'SSLProtocol') and regexp_full_match(t.word, '\+?(SSLv[23]|TLSv1|TLSv1\.1)')
