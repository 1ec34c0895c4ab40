# Mounted file systems: options, remote servers, space, encryption.
# Reads: /proc/mounts, df, lsblk. A network file system that does not answer is given up after 20 seconds.
# Root sees no more than others.

section_file mounts /proc/mounts
section df df -P -k
section lsblk lsblk -P -o KNAME,PKNAME,TYPE,FSTYPE,MOUNTPOINT
section_file swaps /proc/swaps
