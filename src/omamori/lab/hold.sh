#!/bin/sh
# The first process of a lab host, in namespaces of its own: names the host, gives it /run, /tmp, /etc and an identity of
# its own, sets its rules, and then keeps it there. Ends when it is killed, and everything in the host with it.
# Arguments: name, folder of the host, 1 where it passes packets on.
set -eu
export PATH="$PATH:/usr/sbin:/sbin"
hostname "$1"
ip -batch "$2/network.ip"
echo "$3" >/proc/sys/net/ipv4/ip_forward
if [ -e "$2/rules.nft" ]; then
  nft -f "$2/rules.nft"
fi
for setting in nf_conntrack_acct nf_conntrack_timestamp; do
  if [ -e "/proc/sys/net/netfilter/$setting" ]; then
    echo 1 >"/proc/sys/net/netfilter/$setting"
  fi
done
mount --all --fstab "$2/fstab"
# A cable between namespaces counts as virtual to whoever looks from inside, and says nothing of which machine it is. The cards of
# a machine are its own: they are shown as such.
for card in /sys/class/net/*; do
  name=${card##*/}
  if [ "$name" != lo ]; then
    mkdir -p "/run/omamori-cards/$name"
    cat "$card/address" >"/run/omamori-cards/$name/address"
    cat "$card/uevent" >"/run/omamori-cards/$name/uevent"
    echo 0 >"/run/omamori-cards/$name/addr_assign_type"
  fi
done
mount -t tmpfs -o size=64k,mode=755 omamori-cards /sys/class/net
for card in /run/omamori-cards/* /sys/devices/virtual/net/lo; do
  ln -s "$card" "/sys/class/net/${card##*/}"
done
# /etc, /usr and /var/lib as this machine has them, to be changed here alone: what is written or removed lies in the host's own /run.
for place in etc usr var/lib; do
  mkdir -p "/run/.omamori/$place/changed" "/run/.omamori/$place/work"
  chmod 700 /run/.omamori
  mount -t overlay -o "lowerdir=/$place,upperdir=/run/.omamori/$place/changed,workdir=/run/.omamori/$place/work" omamori "/$place"
done
cp -R --remove-destination "$2/etc/." /etc/
while read -r path; do
  rm -rf "$path"
done <"$2/absent"
: >"$2/standing"
# A first process also takes leave of those whose parents are gone: `wait` does.
while :; do
  sleep 3600 &
  wait "$!" || :
done
