from __future__ import annotations

import gzip
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import Parser, Redacted
from omamori.parse.redact import redact, redact_for

SECRET = "Hunter2xyzQ9"
WITH_SECRET = r"""password={}
Password: {}
"password": "{}", "user": "a"
DB_PASSWORD='{}'
Server=x;Password={};Database=y
root:$6$salt$HunterHunterHunter{}.:19000:0:99999:7:::
snmp-server community {} RO
rocommunity {} 10.0.0.0/8
com2sec ro default {}
http://bob:{}@example.org/x
Authorization: Bearer {}
curl -u bob:{} https://example.org
mysqldump -u root -p{} db
restic --password-command "x" --token {}
username admin privilege 15 secret 5 {}
enable secret {}
 set psksecret ENC {}
set password {}
ipsec ike pre-shared-key 1 text {}
login password {}
パスワード:{}
パスワード = {}
事前共有鍵: {}
DefaultPassword    REG_SZ    {}
//srv/x /mnt cifs username=b,password={},domain=d 0 0
machine h login l password {}
<password>{}</password>
<user password="{}"/>
ALTER USER x PASSWORD '{}';
psk={}
PrivateKey = {}=
net use z: \\s\x {} /user:bob
requirepass {}
crypto isakmp key {} address 10.0.0.1
password: my {} phrase
userPassword: {{SSHA}}{}
createUser bob SHA {} AES {}
aws_secret_access_key = {}
-----BEGIN PRIVATE KEY-----{}-----END PRIVATE KEY-----
sshpass -p {} ssh x
pre-shared-key address 10.0.0.9 key {}
enable password level 2 {}
key-string password {}
snmp-server host 10.0.0.1 vrf m version 2c {}""".splitlines()

POLICY = """PASS_MAX_DAYS 90
PASS_MIN_LEN	8
PasswordAuthentication yes
passwordauthentication yes
permitemptypasswords no
permitrootlogin without-password
password [success=1 default=ignore] pam_unix.so obscure yescrypt
password	requisite	pam_pwquality.so retry=3 minlen=8
password   sufficient    pam_unix.so sha512 shadow nullok use_authtok
-password   optional    pam_gnome_keyring.so
@include common-password
auth	[success=1 default=ignore]	pam_unix.so nullok
passwd:         files systemd
shadow:         files systemd
%admin ALL=(ALL) NOPASSWD: ALL
user ALL=(ALL) NOPASSWD:/usr/bin/apt, PASSWD: /bin/ls
Defaults passwd_tries=3, passwd_timeout=0
unix password sync = yes
encrypt passwords = yes
passwd program = /usr/bin/passwd %u
smb passwd file = /etc/samba/smbpasswd
Password expires					: never
Last password change					: Jan 01, 2024
passwd	1:4.13+dfsg1-1	amd64
ii  passwd  1:4.13+dfsg1-1 amd64 change and administer password and group data
644 root root /etc/passwd
4755 root root /usr/bin/passwd
ClearTextPassword = 0
PasswordComplexity = 1
May 1 sshd[1]: Failed password for root from 10.0.0.1 port 22 ssh2
pam_unix(passwd:chauthtok): password changed for root
PWD=/root
ssl_certificate_key /etc/ssl/private/key.pem
host all all 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 md5
password_encryption = scram-sha-256
systemd-ask-password-console.service loaded inactive dead
-w /etc/passwd -p wa -k identity
Password last set            2024/01/01
Password required            Yes
LimitBlankPasswordUse    REG_DWORD    0x1
libsecret-1-0	0.20.5-3	amd64
root:x:0:0:root:/root:/bin/bash
root:*:19000:0:99999:7:::
daemon:!:19000:0:99999:7:::
パスワードの最低文字数: 7
max password age: 42
bypass=1
minlen=8
ENCRYPT_METHOD SHA512
credentials=/etc/cifs.creds
"as1_community" : {
* Password : (null)
snmp-server host 10.1.2.3 vrf management
	password server = *
Password prompt timeout: 5.0 minutes
Number of tries to enter a password: 3
    "DicomTlsPrivateKey" : "orthanc.key",
password=${DB_PASSWORD}""".splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("form", WITH_SECRET)
def test_secrets_go_in_every_encoding(form: str, encoding: str) -> None:
    text = form.replace("{{", "\0").replace("}}", "\1").replace("{}", SECRET).replace("\0", "{").replace("\1", "}")
    done = redact(f"{text}\nplain words\n".encode(encoding))
    out = done.data.decode(encoding)
    assert SECRET not in out
    assert "[secret: " in out
    assert done.secrets >= 1
    assert out.endswith("\nplain words\n")
    assert redact(done.data).data == done.data


@pytest.mark.parametrize("line", POLICY)
def test_policy_words_stay(line: str) -> None:
    assert redact(line.encode()) == Redacted(line.encode(), 0)
    assert redact(f"{line}\r\n".encode("cp932")).data == f"{line}\r\n".encode("cp932")


@pytest.mark.parametrize(
    ("line", "kind_and_state"),
    [
        ("password=", "password, empty"),
        ('password=""', "password, empty"),
        ("password=P@ssw0rd", "password, default"),
        ("rocommunity public", "community, default"),
        ("community: 'Hospital'", "community, default"),
        ("パスワード:12345678", "password, default"),
        ("psk=kGhe82hhd", "pre-shared-key, set"),
    ],
)
def test_what_is_left_tells_empty_and_default(line: str, kind_and_state: str) -> None:
    assert f"[secret: {kind_and_state}]" in redact(line.encode()).data.decode()


def test_private_key_block_is_taken_out_line_by_line() -> None:
    key = b"a\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc\nDEFghi\n-----END RSA PRIVATE KEY-----\nb\n"
    done = redact(key)
    mark = b"[secret: private-key, set]"
    assert done.data == b"a\n-----BEGIN RSA PRIVATE KEY-----\n" + mark + b"\n" + mark + b"\n-----END RSA PRIVATE KEY-----\nb\n"
    cut = redact(b"#@ one\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n#@ two\nlistening 22\n").data
    assert b"MIIabc" not in cut
    assert cut.endswith(b"#@ two\nlistening 22\n")


def test_what_else_stands_in_the_line_stays() -> None:
    fstab = redact(b"//srv/x /mnt cifs username=b,password=Xy7hhwq,domain=d 0 0").data
    assert fstab == b"//srv/x /mnt cifs username=b,password=[secret: password, set],domain=d 0 0"
    shadow = redact(b"root:$y$j9T$abcdefghij$klmnopqrstuvwxyz:19000:0:99999:7:::").data
    assert shadow == b"root:[secret: hash, set]:19000:0:99999:7:::"


def test_kind_redactor_first_then_keywords() -> None:
    parser = Parser("x", (), lambda data, context: None, redact=lambda data: Redacted(data.replace(b"Yamada", b"*"), 1))  # type: ignore[arg-type,return-value]
    assert redact_for(parser, b"Yamada password=Xy7hhwq") == Redacted(b"* password=[secret: password, set]", 2)
    assert redact_for(None, b"token=Xy7hhwq").secrets == 1


def test_containers_are_left_to_their_own_redactor() -> None:
    packed = gzip.compress(b"password=abcdef")
    assert redact(packed) == Redacted(packed, 0)


@given(st.lists(st.one_of(st.binary(max_size=60), st.sampled_from([line.encode() for line in WITH_SECRET + POLICY])), max_size=8))
def test_lines_are_kept_and_twice_is_once(parts: list[bytes]) -> None:
    data = b"\n".join(parts)
    once = redact(data).data
    assert once.count(b"\n") == data.count(b"\n")
    assert redact(once).data == once


@given(
    st.sampled_from(
        ["password={}", "Password : {}", "パスワード:{}", 'secret: "{}"', "snmp-server community {}", "ftp://u:{}@h/", "api_key={}"]
    ),
    st.text(string.ascii_letters + string.digits + "!#%+._-", min_size=8, max_size=30).filter(
        lambda text: text[0].isalnum() and text[-1].isalnum()
    ),
    st.binary(max_size=20).filter(lambda noise: b"\0" not in noise),
)
def test_the_secret_is_never_in_the_output(form: str, secret: str, noise: bytes) -> None:
    out = redact(b"\n" + noise + b"\n" + form.format(secret).encode() + b"\n" + noise).data
    assert (
        secret.encode() not in out
        or secret.encode() in noise
        or secret.lower() in {"required", "optional", "requisite", "sufficient", "disabled"}
    )


@pytest.mark.parametrize(
    "hostile", [b"a" * 400_000, b"password " * 40_000, b"$6$" * 100_000, b"http://a:" * 40_000, b"pass=" * 40_000, b"\x82" * 100_000]
)
def test_long_hostile_lines_are_worked_through(hostile: bytes) -> None:
    assert redact(hostile).data.count(b"\n") == 0


def test_a_line_of_many_secrets_is_put_together_once() -> None:
    started = time.process_time()
    found = redact(b"password=x1 " * 40_000)
    assert found.secrets == 40_000
    assert time.process_time() - started < 10, "the whole line was gone through for each of its secrets"
