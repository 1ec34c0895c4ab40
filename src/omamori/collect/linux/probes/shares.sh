# File sharing: Samba shares and NFS exports, with who may use them.
# Reads: testparm, smb.conf, /etc/exports, /etc/exports.d, exportfs.
# Root sees more: shares kept in the registry of Samba, and what NFS really exports.

shares_programs() {
    for program in smbd ksmbd.mountd exportfs rpc.nfsd; do command -v "$program"; done
    for path in /usr/sbin/smbd /usr/local/samba/sbin/smbd; do [ -x "$path" ] && echo "$path"; done
    echo searched
}
section programs shares_programs
section testparm testparm -s -v
section_file smbconf /etc/samba/smb.conf
section_file exports /etc/exports /etc/exports.d/*.exports
section exportfs exportfs -v
section_file ksmbd /etc/ksmbd/ksmbd.conf /etc/ksmbd/smb.conf
