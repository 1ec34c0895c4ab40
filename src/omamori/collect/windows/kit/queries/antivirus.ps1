Get-WmiObject -Namespace root\SecurityCenter2 -Class AntiVirusProduct | Format-List
