// Holds Kubernetes manifests against Kubernetes' own schemas: each document is validated, and written as TypeScript of its type, whose compiler then
// also finds members that do not exist, which the schemas allow. usage: node manifests.mjs FILE… > manifests.ts
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseAllDocuments } from "yaml";

const require = createRequire(import.meta.url);
const lines = [];
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { strict: true, uniqueKeys: true })) {
    if (document.errors.length > 0) {
      throw new Error(`${file}: ${document.errors[0].message}`);
    }
    const manifest = document.toJS();
    const [group, version] = manifest.apiVersion.includes("/") ? manifest.apiVersion.split("/") : ["", manifest.apiVersion];
    const module = ["kubernetes-models", ...(group ? [group] : []), version].join("/");
    const Model = require(module)[manifest.kind];
    if (!Model) {
      throw new Error(`${file}: there is no ${manifest.apiVersion} ${manifest.kind}`);
    }
    try {
      new Model(manifest).validate();
    } catch (error) {
      throw new Error(`${file}: ${manifest.kind}: ${error.message}`);
    }
    const name = `_${lines.length}`;
    lines.push(`import type { I${manifest.kind} as ${name}Type } from "${module}";\nexport const ${name}: ${name}Type = ${JSON.stringify(manifest, null, 1)};`);
  }
}
console.log(lines.join("\n"));
