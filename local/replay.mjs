/** `npm run replay`: the same guard as `npm start`. */
if (process.versions.node.split('.')[0] !== '24') {
  console.error(`Countersign needs Node 24, and this is ${process.version}: run it with npm, which brings its own.`);
  process.exit(1);
}
const { main } = await import('./replay.ts');
await main(process.argv.slice(2));
