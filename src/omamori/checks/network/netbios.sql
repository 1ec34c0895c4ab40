/*---
title: {ja: 近くの全機器に名前を尋ねる古い仕組み(NetBIOS)が動いている, en: The old way of asking all neighbours for names (NetBIOS) is on}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 同じネットワークに入り込んだ者が「それは私です」と答えると、職員のログイン情報が送られます。LLMNRを止めても、こちらが残っていれば同じです。
  en: An intruder on the same network answers “that is me” and is sent the login of your staff. Switching LLMNR off does not help while this stays on.
message:
  ja: "{asset}: NetBIOSの名前解決が {address} で待ち受けています(UDP 137)"
  en: "{asset}: NetBIOS name resolution listens on {address} (UDP 137)"
fix:
  cost: none
  ja: 古い複合機や検査装置が名前で共有を使っていないかを一台で確かめ、DNSに登録してから、DHCPの設定(オプション001)かネットワークカードの設定で無効にしてください。
  en: Try on one PC whether old printers or devices use shares by name, enter them in DNS, then switch it off by DHCP (option 001) or in the settings of the network card.
  run: |
    nbtstat -n
    wmic nicconfig where IPEnabled=true call SetTcpipNetbios 2   # 0 undoes it
ask:
  ja: NetBIOSの名前で通信する製品があるか、DNSに登録すれば足りるかを確認してください。
  en: Ask which product uses NetBIOS names, and whether an entry in DNS would do.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: dns, platform: windows}, {asset: samba, platform: linux}]
    listeners:
      - {asset: pc, protocol: udp, address: 10.1.0.5, port: 137}
      - {asset: dns, protocol: tcp, address: 10.1.0.6, port: 137}
      - {asset: dns, protocol: udp, address: 10.1.0.6, port: 138}
      - {asset: dns, protocol: udp, address: 10.1.0.6, port: 136}
      - {asset: samba, protocol: udp, address: 10.1.0.7, port: 137}
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    listeners: [{asset: pc, protocol: udp, address: 10.1.0.5, port: 5355}]
    passes: [pc]
---*/
select asset, address, evidence
from listeners
where protocol = 'udp' and port = 137
