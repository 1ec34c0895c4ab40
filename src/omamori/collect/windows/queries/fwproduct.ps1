Get-WmiObject -Namespace root\SecurityCenter2 -Class FirewallProduct | Format-List
