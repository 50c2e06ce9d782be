#!/usr/bin/env bash
# Puts a version into service: migrates, starts it beside the one that serves, and turns the Service when it is ready. Where a step fails, the old version goes on serving.
# usage: deploy/kubernetes/release.sh IMAGE@DIGEST, where kubectl's context and namespace are set
#        deploy/kubernetes/release.sh --back turns the Service to the other colour again, as long as its hosts are there
set -euo pipefail
cd "$(dirname "$0")"
patience=${PATIENCE:-600s}

render() { sed -e "s|IMAGE|$image|" -e "s|COLOUR|$colour|" "$1"; }
serving() { kubectl get service lending --ignore-not-found --output 'jsonpath={.spec.selector.colour}'; }
turn() { kubectl patch service lending --type merge --patch "{\"spec\":{\"selector\":{\"colour\":\"$1\"}}}"; }
other() { if [ "$1" = blue ]; then echo green; else echo blue; fi; }

# Whoever is turned to gets all requests at once, so it needs as many hosts as serve now. And one more: its autoscaler sees that it is idle, and takes away one in five minutes.
widen() {
  hosts=$(kubectl get deployment "lending-$old" --output 'jsonpath={.spec.replicas}')
  kubectl scale "deployment/lending-$colour" --replicas $((hosts + 1))
}

image=${1:?usage: release.sh IMAGE@DIGEST or --back}
old=$(serving)
colour=$(other "$old")

if [ "$image" = --back ]; then
  widen
  kubectl rollout status "deployment/lending-$colour" --timeout "$patience"
  turn "$colour"
  exit
fi

kubectl get secret lending lending-owner --output name
kubectl apply --filename settings.yaml --filename network.yaml --filename documents.yaml

# A new version begins with a new schema, which the old one can live with: expand and contract.
job=$(render migrate.yaml | kubectl create --filename - --output name)
ended=
until [[ $ended =~ Complete|Failed ]]; do
  sleep "${PAUSE:-2}"
  ended=$(kubectl get "$job" --output 'jsonpath={.status.conditions[?(@.status=="True")].type}')
done
kubectl logs "$job" --tail 20
if [[ $ended =~ Failed ]]; then
  echo "$job failed; ${old:-nothing} goes on serving." >&2
  exit 1
fi

render host.yaml | kubectl apply --filename -
if [ -n "$old" ]; then
  widen
fi
kubectl rollout status "deployment/lending-$colour" --timeout "$patience"

if [ -z "$old" ]; then
  render service.yaml | kubectl apply --filename -
else
  turn "$colour"
fi
echo "$colour serves. The hosts of ${old:-no other colour} stay for --back until the next release takes their place."
