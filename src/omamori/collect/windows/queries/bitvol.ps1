foreach ($volume in Get-WmiObject -Namespace root\CIMV2\Security\MicrosoftVolumeEncryption -Class Win32_EncryptableVolume) {
  $volume | Select-Object 'DriveLetter', 'ProtectionStatus' | Format-List
}
