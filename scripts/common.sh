# Shared by ./study and ./test: installs what is missing, builds a preset, keeps quiet unless something
# fails. Sourced from the project's root; logs go to build/log/.

mkdir -p build/log

say() { printf '%s\n' "$*" >&2; }

# run NAME COMMAND...: quiet on success; on failure shows the end of its output and stops.
run() {
  local name=$1 log
  shift
  log="build/log/${name// /-}.log"
  if ! "$@" >"$log" 2>&1; then
    say "failed: $name"
    tail -n 40 "$log" >&2
    say "(all of it in $log)"
    exit 1
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "installing packages needs root or sudo; as root: apt-get install $*"
    return 1
  fi
}

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || printf '%s\n' "$package"
  done
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# install PACKAGE...: Debian packages, only those that are missing.
install() {
  local wanted
  if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian: install the counterparts of: $*"
    return 0
  fi
  mapfile -t wanted < <(missing_packages "$@")
  [ "${#wanted[@]}" -eq 0 ] && return 0
  say "installing: ${wanted[*]}"
  run "install" apt_install "${wanted[@]}"
}

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  run "configure $preset" cmake --preset "$preset"
  run "build $preset" cmake --build "build/$preset" --target "$@"
}

build_packages=(g++ cmake ninja-build libfmt-dev libcli11-dev libtomlplusplus-dev nlohmann-json3-dev
  libtbb-dev libfast-float-dev libhwy-dev libnetcdf-dev libnlopt-dev)
