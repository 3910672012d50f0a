/**
 * One cold start, in a process of its own: import, then one event, whose answer needs the first read and the first
 * write. Prints what it took as its last line. The clock is set to the time at which the events were made.
 */
// Not by a static import, which would load much that the measured code then finds ready.
const { readFileSync } = process.getBuiltinModule('node:fs');

const [bundle, eventFile, madeAt] = process.argv.slice(2);
const event = JSON.parse(readFileSync(eventFile, 'utf8'));
const now = Date.now.bind(Date);
const shift = Number(madeAt) - now();
Date.now = () => now() + shift;

const cpuAt = process.cpuUsage();
const begun = performance.now();
const module = await import(bundle);
const imported = performance.now();
const answer = await module.handler(event, { awsRequestId: 'cold' });
const done = performance.now();
const { user, system } = process.cpuUsage(cpuAt);

const result = { importing: imported - begun, answering: done - imported, cpu: (user + system) / 1000, answer };
process.stdout.write(`\n${JSON.stringify(result)}\n`, () => process.exit(0));
