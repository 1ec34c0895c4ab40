# Omamori: what only CIM, WMI and ADSI tell of this machine. It only reads. PowerShell 2.0 or newer.
# Each query stands alone: one that fails costs only itself.
param([string]$Out)
$ErrorActionPreference = 'Stop'
function Save([string]$Name, [scriptblock]$Query) {
  $path = Join-Path $Out $Name
  try {
    & $Query | Out-File -FilePath $path -Encoding UTF8 -Width 4096
  } catch {
    if (Test-Path $path) { Remove-Item $path }
  }
}
try {
  $now = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
  ('utc=' + $now) | Out-File -FilePath (Join-Path $Out 'utc.txt') -Encoding ASCII
} catch {
}
