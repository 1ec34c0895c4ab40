#!/usr/bin/env bash
# Installs what `make test-system` needs. Root on Debian or Ubuntu; nothing is started by it.
set -euo pipefail

if [ "$(id -u)" != 0 ]; then
  echo "make test-system installs servers with apt and uses network namespaces: run it as root, on a machine for testing." >&2
  exit 2
fi
if ! command -v apt-get >/dev/null; then
  echo "make test-system needs Debian or Ubuntu (apt-get was not found)." >&2
  exit 2
fi

packages=(
  chromium fonts-noto-cjk poppler-utils # the report and the page to print, as a reader sees them
  libreoffice-calc libreoffice-writer # workbooks and letters, as people open, save and send them back
  openssh-server                 # collecting over SSH
  samba smbclient nfs-kernel-server # shares and exports
  postgresql postgresql-client   # servers with weak settings, and what a neighbour sees of them
  orthanc snmpd rsyslog inetutils-inetd inetutils-telnetd curl sudo
  wine64 wine                    # the portable edition for Windows
  nftables iptables              # the effective inbound verdict
  iproute2 strace                # namespaces; proof that nothing connects outside
  nmap ndiff tcpdump tshark      # scans, what `make bench` compares with, and proof of what a scan sent
  wireguard-tools wireguard-go openvpn conntrack ulogd2 ulogd2-json # the lab hospital: tunnels and logs of firewalls
  vsftpd dnsmasq-base nginx-light libnginx-mod-http-headers-more-filter tftpd-hpa dcmtk # and its servers
  restic borgbackup rclone rsync snmp socat
  debsecan                       # the same machine judged by Debian's own tool
  busybox dash                   # the shells small machines have
  lynis                          # what `make bench` compares with
)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  echo "Installing with apt: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # Debian starts a server as soon as it is installed, unless this file says no.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
# What the SSH service makes when it starts; `sshd -T` refuses to speak without it.
mkdir -p -m 0755 /run/sshd
