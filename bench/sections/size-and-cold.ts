/** 1. Sizes of the bundles, and what a cold start of each function takes. */
import { functionNames, makeBundles, type ColdBundles } from '../cold/bundles.ts';
import { measureColdStarts, type ColdStarts, type ColdSubject } from '../cold/cold.ts';
import { makeScene } from '../cold/scene.ts';
import { atMost, told, type Row, type Section } from '../report/report.ts';
import { median, ratioOfMedians } from '../report/statistics.ts';
import { budgets } from '../budgets.ts';
import type { BenchOptions } from './options.ts';

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
const times = (ratio: number): string => `× ${ratio.toFixed(2)}`;
const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;

function sizeRows({ sizes, defaultsGzipBytes }: ColdBundles): Row[] {
  const rows = sizes.map(({ name, bytes, gzipBytes }) =>
    atMost(`${name}: bundle, gzip (${kilobytes(bytes)} as it is)`, gzipBytes, budgets.bundleGzipBytes[name], kilobytes),
  );
  return [...rows, told('api-sign-in bundled with everyone\'s defaults, gzip', kilobytes(defaultsGzipBytes))];
}

const totals = (starts: ColdStarts, name: ColdSubject): number[] => starts[name].map(({ importing, answering }) => importing + answering);
const processor = (starts: ColdStarts, name: ColdSubject): number[] => starts[name].map(({ cpu }) => cpu);

function describe(starts: ColdStarts, name: ColdSubject): string {
  const of = (part: 'importing' | 'answering' | 'cpu'): number => median(starts[name].map((start) => start[part]));
  return `${milliseconds(median(totals(starts, name)))} = ${of('importing').toFixed(0)} + ${of('answering').toFixed(0)}, CPU ${milliseconds(of('cpu'))}`;
}

function coldRows(starts: ColdStarts): Row[] {
  const compare = (other: ColdSubject, of: typeof totals): number => ratioOfMedians(of(starts, 'api-sign-in'), of(starts, other));
  return [
    ...functionNames.map((name) => told(`${name}: cold path (import + first read and write)`, describe(starts, name))),
    told('hand-signed client, the same calls, no SDK, no decisions', describe(starts, 'hand-signed')),
    told('api-sign-in with everyone\'s defaults', describe(starts, 'defaults')),
    atMost('cold sign-in ÷ hand-signed client', compare('hand-signed', totals), budgets.coldToHandSigned, times),
    atMost('cold sign-in ÷ everyone\'s defaults', compare('defaults', totals), budgets.coldToDefaults, times),
    told('the same two ratios of processor time', `${times(compare('hand-signed', processor))}, ${times(compare('defaults', processor))}`),
  ];
}

export async function measureSizeAndCold({ quick }: BenchOptions): Promise<Section> {
  const scene = await makeScene();
  const bundles = await makeBundles();
  try {
    const starts = await measureColdStarts(scene, bundles, quick ? { compared: 9, others: 3 } : { compared: 15, others: 9 });
    return {
      title: `1. Size and cold start (medians of ${String(starts['api-sign-in'].length)} starts for what is compared, ${String(starts.operator.length)} for the others, in turn)`,
      rows: [...sizeRows(bundles), ...coldRows(starts)],
      notes: [
        'Each start is a fresh node --expose-gc process; TLS to a stub on this machine, so the network is nothing and the stub decides nothing.',
        'Ratios are of medians. The hand-signed client sends the very requests that the function sends, one connection per service.',
      ],
    };
  } finally {
    bundles.remove();
  }
}
