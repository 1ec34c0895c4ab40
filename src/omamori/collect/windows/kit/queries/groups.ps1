# Group by group and local ones only: the whole class would list every group of the domain.
foreach ($group in (Get-WmiObject Win32_Group -Filter 'LocalAccount = True')) {
  $path = "Win32_Group.Domain='" + $group.Domain + "',Name='" + $group.Name + "'"
  $text = 'SELECT * FROM Win32_GroupUser WHERE GroupComponent = "' + $path + '"'
  Get-WmiObject -Query $text | Select-Object @('GroupComponent', 'PartComponent') | Format-List
}
