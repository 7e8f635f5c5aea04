#!/usr/bin/env bash
# Results as others read them: every number of results.nc, read by xarray, is the one in the CSV
# files. Reads what build/tests/casus writes; keeps its Python in build/xarray.
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

# The check can fail: one digit of one number in a table beside the file.
for table in measures bands parameters histories whatifs; do
  rm -rf "$home/broken"
  cp -r "$home/every-kind" "$home/broken"
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
  if check "$home/broken" 2>/dev/null; then
    echo "a changed number in $table.csv was not seen" >&2
    exit 1
  fi
done
