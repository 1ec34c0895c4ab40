# Host firewall: what the kernel filters now, and what the front ends (ufw, firewalld) are told to do.
# Reads: nft, iptables-save, ip6tables-save (also the legacy ones, only where the kernel already uses them), ufw, firewall-cmd.
# Needs root: without it the kernel does not show its rules. Listing changes nothing.

section_file modules /proc/modules
section_file legacy-tables /proc/net/ip_tables_names /proc/net/ip6_tables_names
section nft nft -j list ruleset
# Old versions cannot print JSON.
nft -j list ruleset >/dev/null 2>&1 || section nft-text nft list ruleset
section iptables iptables-save
section ip6tables ip6tables-save
# Asked by reading: every file in /proc has the size 0.
if grep -q . /proc/net/ip_tables_names 2>/dev/null; then section iptables-legacy iptables-legacy-save; fi
if grep -q . /proc/net/ip6_tables_names 2>/dev/null; then section ip6tables-legacy ip6tables-legacy-save; fi
section ufw ufw status verbose
section_file ufw-conf /etc/ufw/ufw.conf /etc/default/ufw
section firewalld-state firewall-cmd --state
section firewalld firewall-cmd --list-all-zones
section enabled systemctl is-enabled nftables.service iptables.service ip6tables.service netfilter-persistent.service ufw.service firewalld.service
