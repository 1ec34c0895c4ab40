/*---
title: {ja: 管理や共有のポートが、どこからでも許可されている, en: Ports for administration and sharing are allowed from anywhere}
severity: medium
subject: asset
key: [asset, port]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 遠隔操作・ファイル共有・データベースのポートは、侵入した者が最初に試す入口です。使う相手は数台なので、相手を書くだけで入口が減ります。
  en: Remote operation, file sharing and databases are what an intruder tries first. Only a few machines use them, so naming these closes the door to the others.
message:
  ja: "{asset}: ポート {port}({protocol})が、相手を限らずに許可されています"
  en: "{asset}: port {port} ({protocol}) is allowed whoever asks"
fix:
  cost: none
  ja: 使う相手のアドレスを書いた規則に置き換えてください。
  en: Replace the rule by one that names the addresses that use it.
  run: |
    sudo ufw allow from 10.1.0.5 to any port 22 proto tcp && sudo ufw delete allow 22/tcp
    sudo firewall-cmd --permanent --add-rich-rule='rule family=ipv4 source address=10.1.0.5 port port=22 protocol=tcp accept'
    sudo firewall-cmd --permanent --remove-service=ssh && sudo firewall-cmd --reload
ask:
  ja: このポートを使う相手の一覧をもらい、その相手だけに絞れるかを確認してください。
  en: Ask which machines use the port and whether it can be limited to them.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: win, platform: windows}]
    firewall_rules:
      - {asset: ehr, decision: accept, protocol: tcp, port_first: 22, port_last: 22, conditional: false}
      - {asset: ehr, decision: accept, protocol: tcp, port_first: 5430, port_last: 5440, conditional: false, state: new}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 23, port_last: 23, conditional: false}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 139, port_last: 139, conditional: false}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 445, port_last: 445, conditional: false}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 1433, port_last: 1433, conditional: false}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 1521, port_last: 1521, conditional: false}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 3306, port_last: 3306, conditional: false}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 3389, port_last: 3389, conditional: false}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 5432, port_last: 5432, conditional: false}
      - {asset: lab, decision: accept, protocol: tcp, port_first: 5900, port_last: 5900, conditional: false}
      - {asset: win, decision: accept, protocol: tcp, port_first: 22, port_last: 22, conditional: false}
    fails: [[ehr, 22], [ehr, 5430], [lab, 23], [lab, 139], [lab, 445], [lab, 1433], [lab, 1521], [lab, 3306], [lab, 3389], [lab, 5432], [lab, 5900]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    firewall_rules:
      - {asset: ehr, decision: drop, protocol: tcp, port_first: 22, port_last: 22, conditional: false}
      - {asset: ehr, decision: accept, protocol: udp, port_first: 445, port_last: 445, conditional: false}
      - {asset: ehr, decision: accept, protocol: tcp, port_first: 22, port_last: 22, conditional: true}
      - {asset: ehr, decision: accept, protocol: tcp, port_first: 22, port_last: 22, conditional: false, sources: 10.1.0.5}
      - {asset: ehr, decision: accept, protocol: tcp, port_first: 22, port_last: 22, conditional: false, interface: lo}
      - {asset: ehr, decision: accept, protocol: tcp, port_first: 22, port_last: 22, conditional: false, state: established}
      - {asset: ehr, decision: accept, protocol: tcp, port_first: 443, port_last: 444, conditional: false}
---*/
select asset, port_first as port, protocol, evidence
from firewall_rules
where decision = 'accept' and protocol = 'tcp' and not conditional and sources is null and interface is distinct from 'lo'
  and contains(coalesce(state, 'new'), 'new')
  and list_has_any(range(port_first, port_last + 1), [22, 23, 139, 445, 1433, 1521, 3306, 3389, 5432, 5900])
