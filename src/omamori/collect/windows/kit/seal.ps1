# Omamori: encrypts a result so that only the site that made this kit can read it. PowerShell 2.0 or newer.
# RSA-OAEP wraps one key for AES-256-CBC and one for HMAC-SHA256; the content is compressed with gzip first.
param([string]$Key, [string]$In, [string]$Out)
$ErrorActionPreference = 'Stop'
try {
  $site = [xml][IO.File]::ReadAllText($Key)
  $rsa = New-Object System.Security.Cryptography.RSACryptoServiceProvider
  $rsa.FromXmlString($site.SiteKey.RSAKeyValue.OuterXml)
  $random = New-Object System.Security.Cryptography.RNGCryptoServiceProvider
  $keys = New-Object byte[] 64
  $vector = New-Object byte[] 16
  $random.GetBytes($keys)
  $random.GetBytes($vector)
  $cipherKey = New-Object byte[] 32
  $macKey = New-Object byte[] 32
  [Array]::Copy($keys, 0, $cipherKey, 0, 32)
  [Array]::Copy($keys, 32, $macKey, 0, 32)

  $packed = New-Object IO.MemoryStream
  $gzip = New-Object IO.Compression.GZipStream($packed, [IO.Compression.CompressionMode]::Compress)
  $plain = [IO.File]::ReadAllBytes($In)
  $gzip.Write($plain, 0, $plain.Length)
  $gzip.Close()
  $content = $packed.ToArray()

  $aes = $null
  try { $aes = New-Object System.Security.Cryptography.AesCryptoServiceProvider } catch { }
  if ($aes -eq $null) { $aes = New-Object System.Security.Cryptography.RijndaelManaged }
  $aes.KeySize = 256
  $aes.BlockSize = 128
  $aes.Mode = [System.Security.Cryptography.CipherMode]::CBC
  $aes.Padding = [System.Security.Cryptography.PaddingMode]::PKCS7
  $aes.Key = $cipherKey
  $aes.IV = $vector
  $cipher = $aes.CreateEncryptor().TransformFinalBlock($content, 0, $content.Length)

  $first = 'OMAMORI-SEALED 1 ' + $site.SiteKey.Id
  $second = [Convert]::ToBase64String($rsa.Encrypt($keys, $true))
  $third = [Convert]::ToBase64String($vector)
  $head = [Text.Encoding]::ASCII.GetBytes($first + "`n" + $second + "`n" + $third + "`n")
  $signed = New-Object byte[] ($head.Length + $cipher.Length)
  [Array]::Copy($head, 0, $signed, 0, $head.Length)
  [Array]::Copy($cipher, 0, $signed, $head.Length, $cipher.Length)
  $hmac = New-Object System.Security.Cryptography.HMACSHA256
  $hmac.Key = $macKey
  $fourth = [Convert]::ToBase64String($hmac.ComputeHash($signed))
  $body = [Convert]::ToBase64String($cipher, [Base64FormattingOptions]::InsertLineBreaks)
  $text = $first + "`r`n" + $second + "`r`n" + $third + "`r`n" + $fourth + "`r`n" + $body + "`r`n"
  [IO.File]::WriteAllText($Out, $text, [Text.Encoding]::ASCII)
} catch {
  if (Test-Path $Out) { Remove-Item $Out }
}
