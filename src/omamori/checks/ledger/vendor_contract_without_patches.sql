/*---
title:
  ja: 保守契約に更新の適用が含まれていない
  en: A maintenance contract does not include updates
severity: medium
subject: vendor
key: [vendor]
why:
  ja: 契約にない作業は誰もしません。更新されない機器は、病院と業者のすき間に残ります。
  en: What no contract names nobody does. Machines stay without updates between hospital and vendor.
message:
  ja: "{vendor}: {machines}台を保守していますが、契約に更新の適用が含まれません"
  en: "{vendor}: looks after {machines} machines, but the contract does not include updates"
fix:
  cost: low
  ja: 次の更新で「公表された弱点への更新を何日以内に適用するか」を加えるよう交渉し、それまでは年に二度の作業日を依頼してください。
  en: At renewal ask for a term within which updates are applied; until then for two service days a year.
examples:
  now: 2026-01-31
  bad:
    vendors: [{vendor: A, patches: "no"}, {vendor: B, patches: unknown}, {vendor: C}, {vendor: D, patches: "no"}]
    ledger_assets: [{asset: ehr, vendor: A}, {asset: pacs, vendor: B}, {asset: lab, vendor: C}, {asset: x}]
    fails: [A]
    unknowns: [[B], [C]]
    passes: [D]
  good:
    vendors: [{vendor: A, patches: "yes"}]
    ledger_assets: [{asset: ehr, vendor: A}]
---*/
select v.vendor, count(*) as machines,
  case when any_value(v.patches) = 'no' then null else 'to_confirm' end as unknown, min(v.evidence) as evidence
from vendors v join ledger_assets m on m.vendor = v.vendor
where v.patches is distinct from 'yes'
group by v.vendor
