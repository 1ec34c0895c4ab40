/*---
title:
  ja: 機器監視(SNMP)が応答する
  en: Monitoring (SNMP) answers
severity: medium
subject: asset
key: [asset, port]
why:
  ja: SNMPは古い版では合言葉だけで、装置の名前・ネットワークの作り・動いているプログラムまで教えてしまいます。
  en: Old versions of SNMP tell names, networks and running programs to anybody who knows one word.
message:
  ja: "{asset}: SNMPがポート{port}で応答します({process})"
  en: "{asset}: SNMP answers on port {port} ({process})"
fix:
  cost: low
  ja: 監視していなければ止めてください。監視する場合はバージョン3にし、監視サーバからだけ受け付けてください。
  en: Stop it when nothing monitors the machine. Else use version 3 and answer the monitoring server only.
  run: sudo systemctl disable --now snmpd
ask:
  ja: SNMPの版と合言葉、問い合わせを許すアドレスを確認してください。
  en: Ask for its version and community, and which addresses may ask.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: udp, port: 161, loopback: false}
      - {asset: a, protocol: udp, port: 1161, process: snmpd, loopback: false}
    fails: [[a, 161], [a, 1161]]
  good:
    listeners:
      - {asset: a, protocol: udp, port: 162, process: snmptrapd, loopback: false}
      - {asset: a, protocol: udp, port: 161, process: snmpd, loopback: true}
      - {asset: a, protocol: tcp, port: 199, process: snmpd, loopback: false}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where (port = 161 or process = 'snmpd') and protocol = 'udp' and loopback is not true
