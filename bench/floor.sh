# What play/site.yml wants of a host, by hand in POSIX sh: the least that any tool could do. Runs on the host as root, over
# one fresh connection: `ssh … sh -s -- NAME < floor.sh`. Prints how much it changed.
set -eu
host=$1
changed=0
did() { changed=$((changed + 1)); }
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# file PATH MODE: what is on standard input is in the file.
file() {
  cat > "$work/new"
  if ! cmp -s "$work/new" "$1"; then
    cp "$work/new" "$1.bench~" && chmod "$2" "$1.bench~" && mv -f "$1.bench~" "$1"
    did
  elif [ "$(stat -c %a "$1")" != "$2" ]; then
    chmod "$2" "$1"
    did
  fi
}

folder() {
  if [ ! -d "$1" ] || [ "$(stat -c %a:%U "$1")" != "$2:$3" ]; then
    mkdir -p "$1" && chown "$3:" "$1" && chmod "$2" "$1"
    did
  fi
}

link() {
  if [ "$(readlink "$2" || true)" != "$1" ]; then
    ln -sfT "$1" "$2"
    did
  fi
}

line() {
  if ! grep -qxF "$2" "$1" 2>/dev/null; then
    [ ! -e "$1" ] || sed -i "/^\\* - $3 /d" "$1"
    printf '%s\n' "$2" >> "$1" && chmod 644 "$1"
    did
  fi
}

while read -r name value; do
  # No pipe: what it counts must not be lost in a subshell.
  file "/etc/sysctl.d/90-bench-$(printf %s "$name" | tr ._ --).conf" 644 <<LINE
$name = $value
LINE
done <<END
vm.swappiness 1
vm.zone_reclaim_mode 0
kernel.numa_balancing 0
vm.max_map_count 262144
net.core.somaxconn 4096
kernel.pid_max 4194304
END

folder /opt/bench 755 root
folder /opt/bench/bin 755 root
folder /var/log/bench 750 root
line /etc/security/limits.d/90-bench.conf '* - nofile 1048576' nofile
line /etc/security/limits.d/90-bench.conf '* - memlock unlimited' memlock
line /etc/security/limits.d/90-bench.conf '* - nproc 65536' nproc

file /etc/profile.d/bench.sh 644 <<END
export OMP_NUM_THREADS=1
export TASK_QUEUE_ENABLE=1
END
file /etc/default/bench 640 <<END
OMP_NUM_THREADS=1
TASK_QUEUE_ENABLE=2
HOST=$host
END
file /etc/systemd/system/bench.service 644 <<END
[Unit]
Description=Something for the benchmark

[Service]
EnvironmentFile=/etc/default/bench
ExecStart=/opt/bench/bin/start

[Install]
WantedBy=multi-user.target
END
link /etc/systemd/system/bench.service /etc/systemd/system/multi-user.target.wants/bench.service
file /opt/bench/bin/start 755 <<'END'
#!/bin/sh
exec sleep 86400
END
link /opt/bench/bin/start /usr/local/bin/bench-start

if ! grep -qx '192.0.2.2 queue' /etc/hosts; then
  printf '%s\n' '# BEGIN bench' '192.0.2.1 store' '192.0.2.2 queue' '# END bench' >> /etc/hosts
  did
fi
if [ -e /etc/bench.old ]; then
  rm -rf /etc/bench.old
  did
fi
if ! grep -q '^bench:x:711:' /etc/group; then
  groupadd -r -g 711 bench
  did
fi
if ! grep -q '^bench:x:711:711:.*:/usr/sbin/nologin$' /etc/passwd; then
  useradd -r -u 711 -g bench -s /usr/sbin/nologin -M bench
  did
fi
folder /var/lib/bench 700 bench
if [ ! -e /var/lib/bench/marked ]; then
  touch /var/lib/bench/marked
  did
fi
if [ ! -e /var/lib/bench/made ]; then
  cp /etc/hostname /var/lib/bench/made
  did
fi
echo "changed=$changed"
