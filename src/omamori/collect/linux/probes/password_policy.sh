# Rules for passwords: length, kinds of characters, ageing, lockout, method of hashing.
# Reads: /etc/login.defs, PAM. Anybody may read them.
# Root sees more where the files of the policy are closed to others.

section_file login-defs /etc/login.defs /usr/etc/login.defs
section_file pam /etc/pam.d/common-password /etc/pam.d/common-auth /etc/pam.d/common-account /etc/pam.d/system-auth /etc/pam.d/password-auth
section_file services /etc/pam.d/sshd /etc/pam.d/login
section_file pwquality /etc/security/pwquality.conf /etc/security/pwquality.conf.d/*.conf
section_file faillock /etc/security/faillock.conf
section_file pwhistory /etc/security/pwhistory.conf
