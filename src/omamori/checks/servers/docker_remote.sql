/*---
title: {ja: Dockerがネットワークから操作できる, en: Docker may be operated from the network}
severity: critical
subject: asset
key: [asset, address]
scope: select asset from hosts where platform = 'linux'
why:
  ja: つながった機器は、パスワードなしでこの機器の管理者になれます。
  en: Whoever connects becomes this machine's administrator without a password.
message:
  ja: "{asset}: Dockerが {address} で待ち受けています"
  en: "{asset}: Docker listens on {address}"
fix:
  cost: none
  ja: tcp:// の指定を消し、遠隔で操作するときは SSH(docker -H ssh://…)を使ってください。
  en: Remove tcp:// and use SSH (docker -H ssh://…) for remote work.
  run: sudo systemctl restart docker && sudo ss -ltnp | grep dockerd
ask:
  ja: Dockerを遠隔で操作する仕組みがあるか、SSHに替えられるかを確認してください。
  en: Ask what operates Docker remotely and whether SSH would do.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: app, platform: linux}, {asset: bsd, platform: other}]
    server_settings: [{asset: app, service: docker, name: hosts, value: "tcp://0.0.0.0:2375"}, {asset: app, service: docker, name: live-restore, value: "true"}, {asset: app, service: docker, name: tlsverify, value: "false"}, {asset: bsd, service: docker, name: hosts, value: "tcp://0.0.0.0:2375"}]
    fails: [[app, "tcp://0.0.0.0:2375"]]
  good:
    hosts: [{asset: app, platform: linux}, {asset: tls, platform: linux}]
    server_settings:
      - {asset: app, service: docker, name: hosts, value: "tcp://127.0.0.1:2375"}
      - {asset: app, service: docker, name: hosts, value: "unix:///var/run/docker.sock"}
      - {asset: app, service: tomcat, name: address, value: "tcp://0.0.0.0:8080"}
      - {asset: tls, service: docker, name: hosts, value: "tcp://0.0.0.0:2376"}
      - {asset: tls, service: docker, name: tlsverify, value: "true"}
---*/
select d.asset, d.value as address, d.evidence
from server_settings d
where d.service = 'docker' and regexp_matches(d.value, '^tcp://') and not regexp_matches(d.value, '^tcp://(127\.|localhost)')
  and d.asset not in (select t.asset from server_settings t where t.name = 'tlsverify' and t.value = 'true')
