# Only a domain controller is asked, about its own directory, a page at a time.
if ((Get-WmiObject Win32_ComputerSystem).DomainRole -lt 4) { return }
$search = New-Object System.DirectoryServices.DirectorySearcher
$search.PageSize = 1000
# Members of members count too: 1.2.840.113556.1.4.1941 follows the chain. Those whose primary group it is stand nowhere else.
$root = [ADSI]('LDAP://' + ([ADSI]'LDAP://RootDSE').defaultNamingContext)
$domain = (New-Object System.Security.Principal.SecurityIdentifier($root.objectSid.Value, 0)).Value
$wanted = ($domain + '-512'), ($domain + '-518'), ($domain + '-519'), ($domain + '-520'), 'S-1-5-32-544', 'S-1-5-32-548',
  'S-1-5-32-549', 'S-1-5-32-550', 'S-1-5-32-551'
$wanted | ForEach-Object {
  $sid = $_
  $group = [ADSI]('LDAP://<SID=' + $sid + '>')
  if (-not $group.distinguishedName) { return }
  $relative = $sid.Substring($sid.LastIndexOf('-') + 1)
  $search.Filter = '(|(memberOf:1.2.840.113556.1.4.1941:=' + $group.distinguishedName + ')(primaryGroupID=' + $relative + '))'
  foreach ($found in $search.FindAll()) {
    $row = New-Object PSObject
    $row | Add-Member NoteProperty GroupSid $sid
    $row | Add-Member NoteProperty GroupName ([string]$group.sAMAccountName)
    $row | Add-Member NoteProperty Member ([string]$found.Properties['samaccountname'])
    $row | Add-Member NoteProperty MemberSid (New-Object System.Security.Principal.SecurityIdentifier($found.Properties['objectsid'][0], 0)).Value
    $row
  }
} | ConvertTo-Csv -NoTypeInformation
