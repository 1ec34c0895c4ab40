# Routes of IPv4 and IPv6, and the rules that say which table of routes a packet meets.
# Root sees no more than others.

section route4 ip -4 route show table all
section route6 ip -6 route show table all
section rules4 ip -4 rule show
section rules6 ip -6 rule show
have ip || section route-n route -n
have ip || have route || section_file proc /proc/net/route
