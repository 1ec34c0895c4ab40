from __future__ import annotations

import pytest

from omamori.parse.redact import redact

SECRET = "Hunter2xyzQ9"
WITH_SECRET = r"""zip -P {} a.zip /data
7z a -p{} a.7z /data
sqlcmd -S db -U sa -P {}
ipmitool -H bmc -U admin -P {} power status
mongodump -u backup -p {}
redis-cli -a {} save
redis-server --requirepass {} *:6379
mongod --sslPEMKeyPassword {}
x11vnc -viewpasswd {}
ldapsearch -D cn=reader -w {} -x
openssl enc -aes-256-cbc -k {} -in a
plink -pw {} host
snmpwalk -v2c -c {} 10.0.0.1
snmpget -v 3 -u reader -A {} -X {} 10.0.0.1
restic -r /r --password-command 'echo {}' backup
curl -ubob:{} https://example.org
lftp -u bob,{} ftp://example.org
smbclient //srv/share {} -U bob
expdp system/{}@ORCL full=y
sqlplus scott/{}
xfreerdp /u:bob /p:{} /v:host
systeminfo /s pc21 /u adm /p {}
C:\>tasklist.exe /S pc21 /U adm /P {} /v
schtasks /create /tn backup /ru adm /rp {}
wmic /node:pc21 /user:adm /password:{} qfe list
cmdkey /add:nas /user:bob /pass:{}
psexec \\pc21 -u adm -p {} ipconfig /all
winrs -r:pc21 -u:adm -p:{} ipconfig
ConvertTo-SecureString '{}' -AsPlainText -Force
ConvertTo-SecureString -AsPlainText -Force {}
'{}' | ConvertTo-SecureString -AsPlainText -Force
echo {} | sudo -S ls
echo bob:{} | chpasswd
htpasswd -b /etc/f bob {}
curl 'https://example.org/x?token={}&a=b'
https://hooks.slack.com/services/T0/B0/{}
//srv/x /mnt cifs user=bob%{} 0 0
B2_ACCOUNT_KEY={}
DBPASS={}
proxy_set_header Authorization "Basic {}";
<Connector keystorePass="{}"/>
AuthLDAPBindPassword {}
host all all 0/0 radius radiussecrets="{}"
cache_peer 10.0.0.1 parent 3128 0 login=bob:{}
user default on >{} ~* +@all
trapsess -v2c -c {} 10.0.0.1
informsink 10.0.0.1 {}
authcommunity log,execute {}
net user hoshu {} /add
NET.EXE USER "hoshu b" {} /domain
# root pw: {}
# the password of root is {}""".splitlines()

PLAIN = """zip -r /backup/a.zip /data
mkdir -p /backup
rsync -a --delete /data /backup
user www-data;
user=backup
curl -s https://example.org/x?page=2
snmpd -c /etc/snmp/snmpd.conf
echo done | mail -s report root
openssl x509 -in /etc/ssl/certs/a.pem -noout
net user
net user hoshu
net user hoshu /domain
net user hoshu * /add
net user hoshu > a.txt
net accounts /minpwlen:8
net user hoshu /passwordreq:yes
systeminfo /s pc21 /u adm /p
systeminfo /fo list
robocopy a b /purge
# the password is not used
x11vnc -display :0 -forever -nopw""".splitlines()


@pytest.mark.parametrize("form", WITH_SECRET)
def test_secrets_in_command_lines_and_settings_go(form: str) -> None:
    done = redact(form.replace("{}", SECRET).encode())
    assert SECRET.encode() not in done.data
    assert done.secrets >= 1
    assert redact(done.data).data == done.data


@pytest.mark.parametrize("line", PLAIN)
def test_options_without_a_secret_stay(line: str) -> None:
    assert redact(line.encode()).data == line.encode()
