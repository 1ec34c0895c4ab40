# Only a domain controller is asked, about its own directory, a page at a time.
if ((Get-WmiObject Win32_ComputerSystem).DomainRole -lt 4) { return }
$search = New-Object System.DirectoryServices.DirectorySearcher
$search.PageSize = 1000
$search.Filter = '(&(objectCategory=person)(objectClass=user))'
$names = 'samaccountname', 'objectsid', 'useraccountcontrol', 'pwdlastset', 'lastlogontimestamp', 'admincount', 'lockouttime',
  'accountexpires', 'serviceprincipalname'
foreach ($name in $names) { [void]$search.PropertiesToLoad.Add($name) }
$search.FindAll() | ForEach-Object {
  $found = $_.Properties
  $row = New-Object PSObject
  $row | Add-Member NoteProperty SamAccountName ([string]$found['samaccountname'][0])
  $row | Add-Member NoteProperty ObjectSid (New-Object System.Security.Principal.SecurityIdentifier($found['objectsid'][0], 0)).Value
  $row | Add-Member NoteProperty UserAccountControl ([string]$found['useraccountcontrol'])
  $row | Add-Member NoteProperty PwdLastSet ([string]$found['pwdlastset'])
  $row | Add-Member NoteProperty LastLogonTimestamp ([string]$found['lastlogontimestamp'])
  $row | Add-Member NoteProperty AdminCount ([string]$found['admincount'])
  $row | Add-Member NoteProperty LockoutTime ([string]$found['lockouttime'])
  $row | Add-Member NoteProperty AccountExpires ([string]$found['accountexpires'])
  $row | Add-Member NoteProperty ServiceNames @($found['serviceprincipalname']).Count
  $row
} | ConvertTo-Csv -NoTypeInformation
