/**
 * `npm run synth`: makes the templates of every stage into cdk.out and checks them, without network or credentials.
 * Fails on any finding, of AWS's own rules or of cdk-nag, that is not acknowledged in the code with a reason.
 */
import './require-node.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'cdk.out');
const startedAt = Date.now();

/** Without what would let a synthesis depend on an account: if it needs any of that, it fails here. */
function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && name !== 'CDK_VALIDATION');
  return { ...Object.fromEntries(kept), CDK_OUTDIR: outdir };
}

/** Findings that CDK reports but does not fail for, like a value that is none of a property's. */
function findings() {
  const path = join(outdir, 'validation-report.json');
  if (!existsSync(path)) return ['the templates were not checked: there is no validation-report.json'];
  const { pluginReports } = JSON.parse(readFileSync(path, 'utf8'));
  return pluginReports.flatMap(({ pluginName, violations }) =>
    violations.map(({ ruleName, description }) => `${pluginName} ${ruleName}: ${description}`),
  );
}

function report() {
  const templates = readdirSync(outdir).filter((name) => name.endsWith('.template.json'));
  for (const name of templates) {
    const { Resources = {} } = JSON.parse(readFileSync(join(outdir, name), 'utf8'));
    const count = String(Object.keys(Resources).length);
    console.log(`${name.replace('.template.json', '').padEnd(32)} ${count.padStart(4)} resources`);
  }
  for (const name of readdirSync(join(outdir, 'bundles'))) {
    const bundle = readFileSync(join(outdir, 'bundles', name, 'index.mjs'));
    const kilobytes = (gzipSync(bundle, { level: 9 }).length / 1024).toFixed(1);
    console.log(`${name.padEnd(32)} ${kilobytes.padStart(6)} KB gzip`);
  }
}

rmSync(outdir, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [join(root, 'infra/app.ts')], {
  cwd: root,
  env: cleanEnvironment(),
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
const found = findings();
for (const finding of found) console.error(finding);
if (found.length > 0) process.exit(1);
report();
console.log(`Synthesized and checked in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
