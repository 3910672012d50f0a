/** Stops with one sentence on any Node but 24, which runs TypeScript as it is and is what Lambda runs. */
if (!process.versions.node.startsWith('24.')) {
  console.error(`Countersign needs Node 24, not ${process.versions.node}: start it by "npm run", after "npm ci".`);
  process.exit(1);
}
