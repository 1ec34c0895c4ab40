/*---
title:
  ja: 規則では通らないはずの通信が見えた
  en: Traffic was seen that the rules should not let through
severity: medium
subject: site
key: [from_zone, to_zone, protocol, port]
why:
  ja: 図面と機器の設定のとおりなら届かない相手に届いています。図面にない経路があるか、集めた設定が古いか、一部しか集めていません。
  en: By the drawing and the rules of the devices it could not get there. There is a way nobody drew, or what was collected is old or in part.
message:
  ja: "{from_zone} から {to_zone} への {port}/{protocol} は、規則では通らないのに見えました(例 {example}、最後 {last_seen})"
  en: "{port}/{protocol} from {from_zone} to {to_zone} was seen though the rules do not let it through (such as {example}, last {last_seen})"
fix:
  cost: none
  ja: 二つのゾーンの間に、図面にない機器や、両方につながった機器がないかを確かめ、機器の設定を集め直してください。
  en: Look for a device nobody drew or a machine in both zones, and collect the configurations of the devices again.
examples:
  now: 2026-01-31
  bad:
    zone_flows:
      - {from_zone: office, to_zone: ehr, protocol: tcp, port: 3389, times: 4, allowed: false, example: 10.2.0.5 > 10.1.0.9}
      - {from_zone: office, to_zone: ehr, protocol: tcp, port: 22, times: 4, allowed: true}
      - {from_zone: office, to_zone: ehr, protocol: tcp, port: 23, times: 4}
    fails: [[office, ehr, tcp, 3389]]
  good:
    zone_flows: [{from_zone: office, to_zone: ehr, protocol: tcp, port: 22, times: 4, allowed: true}]
    passes: [site]
---*/
select 'site' as site, from_zone, to_zone, protocol, port, example, last_seen, evidence
from zone_flows
where not allowed
