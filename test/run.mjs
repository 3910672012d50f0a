/**
 * `npm test`: all that one machine can check, the fast things first, and at the end one line with the sum.
 * `npm test -- unit boundaries` runs only what is named. Whatever could not run here is said plainly; in CI it is a failure.
 */
if (!process.versions.node.startsWith('24.')) {
  console.error(`Countersign needs Node 24 and this is ${process.versions.node}: run "npm test" after "npm ci", which brings its own.`);
  process.exit(1);
}
const { plan } = await import('./run/plan.ts');
const { run } = await import('./run/run-plan.ts');
try {
  process.exitCode = await run(await plan(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
