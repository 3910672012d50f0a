/** `npm run bench`: refuses any Node but 24 in one sentence, before anything is loaded that another could not read. */
if (process.versions.node.split('.')[0] !== '24') {
  console.error(`Countersign needs Node 24, and this is ${process.version}: run it with npm, which brings its own.`);
  process.exit(1);
}
await import('./run.ts');
