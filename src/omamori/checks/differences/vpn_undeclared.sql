/*---
title: {ja: 台帳にないVPNが動いている, en: A VPN runs that the ledger does not know}
severity: high
subject: asset
key: [asset, product]
why:
  ja: 端末やサーバのVPNは、病院のファイアウォールを素通りする裏口になります。
  en: A VPN on a server or PC is a back door past the hospital's firewall.
message:
  ja: "{asset}: VPN {product} が動いています"
  en: "{asset}: the VPN {product} is running"
fix:
  cost: none
  ja: 保守業者のものなら「外部接続」シートに書き、使うときだけ起動する取り決めにしてください。心当たりがなければ止めてください。
  en: When it is a vendor's, list it in the sheet of outside lines and agree to start it only for use. When nobody knows it, stop it.
ask:
  ja: このVPNの接続先、使う人、使う日を教えてください。使うときだけ起動できますか。
  en: Where does this VPN lead, who uses it and when? Can it be started only for use?
examples:
  now: 2026-01-31
  bad:
    remote_access: [{asset: a, product: wireguard, kind: vpn, declared: false, running: true}]
    fails: [[a, wireguard]]
  good:
    remote_access:
      - {asset: b, product: openvpn, kind: vpn, declared: true, running: true}
      - {asset: c, product: openvpn, kind: vpn, declared: false, running: false}
      - {asset: d, product: anydesk, kind: remote-control, declared: false, running: true}
    passes: [b, c, d]
---*/
select asset, product, evidence
from remote_access
where kind = 'vpn' and running and not declared
