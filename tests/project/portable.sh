#!/usr/bin/env bash
# The folders that browsers will run compile with Emscripten: no threads, files or newer library than it has.
set -euo pipefail
cd "$(dirname "$0")/../.."
headers=build/portable
mkdir -p "$headers"
for library in fmt fast_float hwy toml++; do
  ln -sfn "/usr/include/$library" "$headers/$library"
done
portable() {
  em++ -std=c++20 -fsyntax-only -Wall -Wextra -DFMT_HEADER_ONLY -Isrc -isystem "$1" "${@:2}"
}
export -f portable
find src/base src/random src/machine src/games src/language src/table src/evidence src/inference -name '*.cpp' | sort |
  xargs -P 2 -n 24 bash -c 'portable "$@"' portable "$headers"
