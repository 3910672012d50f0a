/** 4b. The same sign-ins over HTTP through the whole local stack: gateway, bundles in their threads, database. */
import { startLocal } from '../../local/start-local.ts';
import { nextStep, setUp, signIn, type LocalService, type Person } from '../load/local-portal.ts';
import { atMost, told, type Section } from '../report/report.ts';
import { median } from '../report/statistics.ts';
import type { BenchOptions } from './options.ts';

const people = 16;
const sameCode = 10;

async function measure(service: LocalService, rounds: number): Promise<Section['rows']> {
  const persons: Person[] = [];
  for (let number = 0; number < people; number += 1) persons.push(await setUp(service, `bench-${String(number)}`));
  const rates: number[] = [];
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    nextStep(service);
    const begun = performance.now();
    const answers = await Promise.all(persons.map((person) => signIn(service, person)));
    rates.push((1000 * people) / (performance.now() - begun));
    refused += answers.filter((approved) => !approved).length;
  }
  nextStep(service);
  const [person] = persons;
  const again = person ? await Promise.all(Array.from({ length: sameCode }, () => signIn(service, person))) : [];
  const accepted = again.filter(Boolean).length;
  return [
    told(`direct TOTP sign-ins over HTTP, ${String(people)} at once`, `${median(rates.slice(Math.floor(rounds / 3))).toFixed(0)}/s`),
    atMost('right codes refused', refused, 0, String),
    atMost(`one code sent ${String(sameCode)} times at once: accepted`, accepted, 1, String),
  ];
}

export async function measureLocalStack({ quick }: BenchOptions): Promise<Section> {
  const begun = performance.now();
  const stack = await startLocal();
  const startedIn = (performance.now() - begun) / 1000;
  try {
    const { apiUrl, clientKey, organizationId } = stack.running;
    const service: LocalService = { apiUrl, clientKey, organizationId, now: () => stack.clock.now(), advance: (seconds) => stack.clock.advance(seconds) };
    const rows = await measure(service, quick ? 9 : 15);
    return {
      title: `4b. The whole local stack over HTTP, on ${stack.engine}`,
      rows: [told('ready, demo set up', `${startedIn.toFixed(1)} s`), ...rows],
      notes: ['Gateway, functions, stream and this portal share one process here: the rate says that it works, not how far it goes.'],
    };
  } finally {
    await stack.stop();
  }
}
