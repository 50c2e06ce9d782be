#!/usr/bin/env bash
# Two linters find no error in the API document, and a TypeScript client's types can be made from it that compile. Needs Node.
set -euo pipefail
cd "$(dirname "$0")"
document=../../docs/openapi/v1.json
generated=../../artifacts/api-checks
# The linter tells nobody that it runs, and does not look for a newer one.
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund
npx --no-install spectral lint --display-only-failures "$document"
npx --no-install redocly lint "$document"
mkdir -p "$generated"
npx --no-install openapi-typescript "$document" --output "$generated/lending.d.ts"
npx --no-install tsc --noEmit --strict "$generated/lending.d.ts"
