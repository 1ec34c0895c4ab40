Import-Module ServerManager
Get-WindowsFeature | ConvertTo-Csv -NoTypeInformation
