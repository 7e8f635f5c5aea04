#!/usr/bin/env bash
# Results as others read them: every number of results.nc and posterior.nc, read by xarray and ArviZ,
# is the one in the CSV files. Reads what build/tests/casus writes; keeps its Python in build/xarray.
set -euo pipefail
cd "$(dirname "$0")/../.."
casus=$PWD/build/tests/casus
home=$PWD/build/xarray
wanted=tests/project/requirements.txt
mkdir -p "$home"

if ! cmp -s "$wanted" "$home/installed.txt"; then
  rm -rf "$home/python" "$home/installed.txt"
  python3 -m venv "$home/python"
  "$home/python/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
  cp "$wanted" "$home/installed.txt"
fi

check() { "$home/python/bin/python" tests/project/xarray_check.py "$@"; }
study() { "$casus" study "$1" --histories "$2" --keep histories --out "$home/$3" --again --quiet; }

study tests/project/results 320 every-kind
study tests/project/results-numeric 160 numeric
check "$home/every-kind"
check --numeric "$home/numeric"

fit() { "$casus" fit "$1" --sets 300 --particles 30 --repeats 2 --out "$home/$2" --fresh --quiet; }
check_fit() { "$home/python/bin/python" tests/project/arviz_check.py "$home/$1" tests/project/fitted; }

fit tests/project/fitted fitted
check_fit fitted

# The checks can fail: one digit of one number in a table beside the file.
for table in measures bands parameters histories whatifs posterior dates predictive; do
  rm -rf "$home/broken"
  case $table in
    posterior | dates | predictive) cp -r "$home/fitted" "$home/broken"; again() { check_fit broken; } ;;
    *) cp -r "$home/every-kind" "$home/broken"; again() { check "$home/broken"; } ;;
  esac
  python3 - "$home/broken/$table.csv" <<'PYTHON'
import re, sys
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
head, rest = text.split("\n", 1)
changed = re.sub(r"\.(\d)(\d)", lambda m: f".{m[1]}{(int(m[2]) + 5) % 10}", rest, count=1)
if changed == rest:
    sys.exit(f"nothing to change in {path}")
open(path, "w", encoding="utf-8").write(head + "\n" + changed)
PYTHON
  if again 2>/dev/null; then
    echo "a changed number in $table.csv was not seen" >&2
    exit 1
  fi
done
