/*---
title: {ja: 「閉域」の機器に院外へ出る設定がある, en: A machine of the closed network is set up to go outside}
severity: medium
subject: asset
key: [asset, kind]
scope: select asset from assets where closed
why:
  ja: 工事や保守で道が一度開けば、この設定がすぐに外とつながります。
  en: Once some work opens a way, these settings connect the machine to the outside at once.
message:
  ja: "{asset}: 院外への設定({kind_ja})があります。{details}"
  en: "{asset}: it is set up to go outside ({kind_en}): {details}"
fix:
  cost: none
  ja: 使わない設定(DNS、時刻、更新元、無線、携帯回線)を外すか、院内のサーバに向けてください。
  en: Remove what is not used (name servers, time, package sources, wireless, mobile), or point it to servers inside.
ask:
  ja: この機器には院外につながる設定があります。院内のサーバに向けるか、外してよいですか。
  en: This machine has settings that lead outside. May they be removed or pointed to servers inside?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, closed: true}]
    ways_out:
      - {asset: a, kind: dns, detail: 203.0.113.53, strength: sign}
      - {asset: a, kind: dns, detail: 203.0.113.54, strength: sign}
      - {asset: a, kind: wireless, detail: wlan0, strength: sign}
    fails: [[a, dns], [a, wireless]]
  good:
    assets: [{asset: b, closed: true}, {asset: c, closed: false}, {asset: d, closed: true}]
    ways_out:
      - {asset: b, kind: connection, detail: 203.0.113.5 443/tcp, strength: proof}
      - {asset: c, kind: dns, detail: 203.0.113.53, strength: sign}
    passes: [b, d]
---*/
select asset, kind,
  case kind when 'dns' then '名前解決' when 'ntp' then '時刻合わせ' when 'repository' then '更新の取得元' when 'mobile' then '携帯回線'
    when 'wireless' then '無線LAN' when 'tunnel' then 'トンネル' when 'proxy' then 'プロキシ' when 'agent' then '常駐ソフト' else kind end as kind_ja,
  case kind when 'dns' then 'name server' when 'ntp' then 'time' when 'repository' then 'package source' when 'mobile' then 'mobile line'
    when 'wireless' then 'wireless' else kind end as kind_en,
  string_agg(detail, ', ' order by detail) as details, any_value(evidence) as evidence
from ways_out
where strength = 'sign'
group by asset, kind
