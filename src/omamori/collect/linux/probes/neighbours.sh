# Machines of the same segment that this machine has met: the ARP and NDP tables as they are. Nobody is asked.
# Root sees no more than others.

section neigh ip neigh show
have ip || section_file arp /proc/net/arp
