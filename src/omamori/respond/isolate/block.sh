# Omamori's block on this device: puts a cut on, keeps its clock here, takes it off. POSIX sh as root; needs nft and flock.
#
#   sh block.sh status                    what is cut, since when, until when
#   sh block.sh undo ID|all               take it off (the one step back; also at the console, from the folder this file lies in)
#   sh block.sh confirm ID|all            let it stay: its clock is stopped
#   sh block.sh apply ID TOKEN SECONDS    put on what lies in in.TOKEN; undone after SECONDS unless confirmed
#   sh block.sh check ID TOKEN            would it load? changes nothing
#   sh block.sh timer ID TOKEN SECONDS    the clock itself
#
# Answers in lines of the form name=value; the last one is end=0, or error=WORD with detail=TEXT before it.
umask 077
trap '' PIPE HUP
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
export LC_ALL PATH
dir=$(dirname -- "$0")
what=$1 id=$2 token=$3 secs=$4

say() { printf '%s=%s\n' "$1" "$2"; }
fail() { say detail "$(printf %s "$2" | tr '\n\t=' '   ' | cut -c1-300)"; say error "$1"; say end 1; exit 0; }
boot() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo none; }
up() { read -r u _ </proc/uptime; echo "${u%%.*}"; }
# What a state file says; the files hold only what this script wrote.
get() { sed -n "s/^$2=//p" "$dir/$1.state" 2>/dev/null | head -n 1; }
put() { { cat "$dir/$1.state" 2>/dev/null | grep -v "^$2="; printf '%s=%s\n' "$2" "$3"; } >"$dir/$1.new" && mv "$dir/$1.new" "$dir/$1.state"; }
log() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$(date +%s)" "$1" "$2" "$3" "$4" "$(boot)" >>"$dir/log"; }
listed() { nft -s list ruleset 2>/dev/null | cksum; }
present() { nft list table "$(get "$1" family)" "$(get "$1" table)" >/dev/null 2>&1; }
ids() { for f in "$dir"/*.state; do [ -f "$f" ] && basename "$f" .state; done; }
ticking() {
  p=$(cat "$dir/$1.pid" 2>/dev/null) || return 1
  [ -n "$p" ] && tr '\0' ' ' <"/proc/$p/cmdline" 2>/dev/null | grep -q " timer $1 $(get "$1" token) "
}
locked() {
  command -v flock >/dev/null || fail lacks flock
  exec 9>>"$dir/lock"
  n=0
  until flock -n 9; do
    n=$((n + 1))
    [ "$n" -gt 100 ] && fail busy 'another step runs on this device'
    sleep 0.05 2>/dev/null || { sleep 1; n=$((n + 19)); }
  done
}
stop_clock() {
  if ticking "$1"; then kill "$(cat "$dir/$1.pid")" 2>/dev/null; fi
  rm -f "$dir/$1.pid"
}
start_clock() {
  # Out of the session it was ordered from, so that nothing of it ends with that session.
  if [ -d /run/systemd/system ] && systemd-run --quiet --collect --unit="omamori-block-$2" sh "$dir/block.sh" timer "$1" "$2" "$3" 9>&- 2>/dev/null; then
    clock=systemd
  elif command -v setsid >/dev/null; then
    setsid sh "$dir/block.sh" timer "$1" "$2" "$3" </dev/null >/dev/null 2>&1 9>&- &
    clock=setsid
  else
    (trap '' HUP; exec sh "$dir/block.sh" timer "$1" "$2" "$3" </dev/null >/dev/null 2>&1 9>&-) &
    clock=nohup
  fi
  n=0
  until ticking "$1"; do
    n=$((n + 1))
    [ "$n" -gt 200 ] && return 1
    sleep 0.01 2>/dev/null || sleep 1
  done
}
# Take a cut off. The lock is held. Nothing of it is forgotten before the kernel took it away.
off() {
  was=present
  present "$1" || was=gone
  if [ "$was" = present ] && ! err=$(nft -f "$dir/$1.undo" 2>&1); then
    log "$2" "$1" "$(get "$1" token)" failed
    say failed "$1"
    return 1
  fi
  log "$2" "$1" "$(get "$1" token)" "$was"
  [ "$2" = timer ] || stop_clock "$1"
  say off "$1"
  say was "$was"
  [ "$(get "$1" boot)" = "$(boot)" ] || say restarted yes
  rm -f "$dir/$1.state" "$dir/$1.apply" "$dir/$1.undo" "$dir/$1.pid"
  [ -n "$(ids)" ] && return 0
  if [ "$(cat "$dir/base" 2>/dev/null)" = "$(listed)" ]; then say as_before yes; else say as_before no; fi
  rm -f "$dir/base"
}
# Drop what is remembered of a cut that a restart of the device took away.
forget_gone() {
  for one in $(ids); do
    if [ "$(get "$one" boot)" != "$(boot)" ] && ! present "$one"; then
      log gone "$one" "$(get "$one" token)" restarted
      rm -f "$dir/$one.state" "$dir/$one.apply" "$dir/$one.undo" "$dir/$one.pid"
    fi
  done
  [ -n "$(ids)" ] || rm -f "$dir/base"
}
tell() {
  for one in $(ids); do
    say block "$one"
    sed 's/^/  /' "$dir/$one.state"
    if present "$one"; then say '  present' yes; else say '  present' no; fi
    if ticking "$one"; then say '  ticking' yes; else say '  ticking' no; fi
    [ "$(get "$one" boot)" = "$(boot)" ] || say '  restarted' yes
  done
}

command -v nft >/dev/null || fail lacks nft
[ "$(id -u)" = 0 ] || fail not_root "$(id -un)"
case $what in
status)
  say now "$(date +%s)"
  say uptime "$(up)"
  tell
  for f in $(ls -t "$dir/past" 2>/dev/null | head -n 100); do
    say past "$f"
    sed 's/^/  /' "$dir/past/$f"
  done
  tail -n 200 "$dir/log" 2>/dev/null | sed 's/^/log=/'
  ;;
check)
  err=$(nft -c -f "$dir/in.$token/apply" 2>&1) || { rm -rf "$dir/in.$token"; fail syntax "$err"; }
  rm -rf "$dir/in.$token"
  command -v flock >/dev/null || fail lacks flock
  say nft "$(nft --version 2>/dev/null | head -n 1)"
  say client "${SSH_CONNECTION:-}"
  from=${SSH_CONNECTION%% *}
  [ -z "$from" ] || say via "$(ip -o route get "$from" 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p')"
  # Flows a flowtable carries pass no chain until they end (nft(8), FLOWTABLES).
  [ -z "$(nft list flowtables 2>/dev/null)" ] || say flowtable yes
  tell
  ;;
apply)
  locked
  forget_gone
  in=$dir/in.$token
  if [ -f "$dir/$id.state" ]; then
    # The same order once more, after a connection that broke, is no second block.
    [ "$(get "$id" token)" = "$token" ] || { rm -rf "$in"; tell; fail on "$(get "$id" who)"; }
  else
    [ -f "$in/apply" ] || fail nothing 'no text came'
    if nft list table "$(sed -n 's/^family=//p' "$in/state")" "$(sed -n 's/^table=//p' "$in/state")" >/dev/null 2>&1; then
      rm -rf "$in"
      fail taken 'a table of this name is there already'
    fi
    [ -n "$(ids)" ] || listed >"$dir/base"
    mv "$in/apply" "$dir/$id.apply"
    mv "$in/undo" "$dir/$id.undo"
    now=$(date +%s)
    { cat "$in/state"; say token "$token"; say boot "$(boot)"; say since "$now"; say until "$((now + secs))"; say state waiting; } >"$dir/$id.new"
    mv "$dir/$id.new" "$dir/$id.state"
    [ -d "$dir/past" ] || mkdir "$dir/past"
    mv "$in/state" "$dir/past/$token"
    rm -rf "$in"
    log begin "$id" "$token" "$secs"
    if ! start_clock "$id" "$token" "$secs"; then
      rm -f "$dir/$id.state" "$dir/$id.apply" "$dir/$id.undo"
      fail clock 'the timer did not start; nothing was cut'
    fi
    if ! err=$(nft -f "$dir/$id.apply" 2>&1); then
      stop_clock "$id"
      rm -f "$dir/$id.state" "$dir/$id.apply" "$dir/$id.undo"
      [ -n "$(ids)" ] || rm -f "$dir/base"
      log apply "$id" "$token" failed
      fail syntax "$err"
    fi
    log apply "$id" "$token" done
  fi
  say clock "${clock:-}"
  tell
  ;;
confirm | undo)
  locked
  wanted=$id
  [ "$id" = all ] && wanted=$(ids)
  tell
  for one in $wanted; do
    if [ ! -f "$dir/$one.state" ]; then
      say none "$one"
    elif [ "$what" = undo ]; then
      off "$one" undo
    elif ! present "$one"; then
      say lost "$one"
    else
      put "$one" state confirmed
      put "$one" until ''
      stop_clock "$one"
      log confirm "$one" "$(get "$one" token)" done
      say kept "$one"
    fi
  done
  ;;
timer)
  echo $$ >"$dir/$id.pid"
  nap=
  trap '[ -n "$nap" ] && kill "$nap" 2>/dev/null; exit 0' TERM
  end=$(($(up) + secs))
  while left=$((end - $(up))) && [ "$left" -gt 0 ]; do
    sleep "$left" &
    nap=$!
    wait "$nap"
  done
  n=0
  # Whoever holds the lock may take long; the clock does not give up.
  exec 9>>"$dir/lock"
  until flock -n 9; do sleep 1; done
  if [ "$(get "$id" token)" = "$token" ] && [ "$(get "$id" state)" = waiting ]; then
    until off "$id" timer >/dev/null; do
      n=$((n + 1))
      [ "$n" -gt 20 ] && exit 1
      sleep 1
    done
  fi
  exit 0
  ;;
*) fail usage "$what" ;;
esac
say end 0
