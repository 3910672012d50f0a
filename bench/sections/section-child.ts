/** One section in a process of its own: each moves its own clock and has its own environment. */
import type { Section } from '../report/report.ts';
import type { BenchOptions } from './options.ts';
import type { SectionAnswer, SectionName, SectionRequest } from './section-names.ts';

const sections: Readonly<Record<SectionName, () => Promise<(options: BenchOptions) => Promise<Section>>>> = {
  size: async () => (await import('./size-and-cold.ts')).measureSizeAndCold,
  counts: async () => (await import('./counts-and-cost.ts')).measureCountsAndCost,
  warm: async () => (await import('./warm-cpu.ts')).measureWarmCpu,
  load: async () => (await import('./load.ts')).measureLoad,
  local: async () => (await import('./local-stack.ts')).measureLocalStack,
};

async function measure({ name, options }: SectionRequest): Promise<SectionAnswer> {
  try {
    const run = await sections[name]();
    return { section: await run(options) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.once('message', (request: SectionRequest) => {
  void measure(request).then((answer) => process.send?.(answer, () => process.exit(0)));
});
