/** `npm run bench`: measures section after section, and prints each beside its budgets. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { describeMachine } from './report/machine.ts';
import { printSection, printVerdict, type Section } from './report/report.ts';
import type { BenchOptions } from './sections/options.ts';
import { sectionNames, type SectionAnswer, type SectionName, type SectionRequest } from './sections/section-names.ts';

const help = `npm run bench [-- --quick | --full] [-- --assert] [-- ${sectionNames.join(' | ')} …]
  --quick   fewer rounds and 10,000 users
  --full    1,000,000 users, which takes minutes to write
  --assert  exit code 1 when a budget is not kept
  names     only these sections`;

const isSection = (name: string): name is SectionName => (sectionNames as readonly string[]).includes(name);

async function measure(name: SectionName, options: BenchOptions): Promise<SectionAnswer> {
  const child = fork(new URL('./sections/section-child.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send({ name, options } satisfies SectionRequest);
  const ended = once(child, 'exit').then((): SectionAnswer => ({ failure: 'its process ended early' }));
  const answered = once(child, 'message').then(([answer]) => answer as SectionAnswer);
  const answer = await Promise.race([answered, ended]);
  await ended;
  return answer;
}

async function main(): Promise<boolean> {
  const options = { quick: { type: 'boolean' }, full: { type: 'boolean' }, assert: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, strict: true, allowPositionals: true });
  if (values.help === true || !positionals.every(isSection)) {
    console.log(help);
    return positionals.every(isSection);
  }
  const begun = performance.now();
  console.log(describeMachine(new Date()));
  const sections: Section[] = [];
  for (const name of positionals.length > 0 ? positionals : sectionNames) {
    const answer = await measure(name, { quick: values.quick === true, full: values.full === true });
    if ('failure' in answer) console.log(`\nNot measured: ${name}. ${answer.failure}`);
    else {
      printSection(answer.section);
      sections.push(answer.section);
    }
  }
  const isKept = printVerdict(sections);
  console.log(`Measured in ${((performance.now() - begun) / 1000).toFixed(0)} s. ${describeMachine(new Date())}`);
  return isKept || values.assert !== true;
}

process.exitCode = (await main()) ? 0 : 1;
