import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgets } from '../../bench/budgets.ts';
import { costLines, totalOf } from '../../bench/counts/cost.ts';
import { largestState, ordinaryState, stateSize } from '../../bench/counts/largest-state.ts';
import { countOperations, operationNames, type Count, type OperationName } from '../../bench/counts/operations.ts';
import { bundleFunctions, type BundleSize } from '../../infra/bundle.ts';
import { functions, type FunctionName } from '../../shared/contract/functions.ts';

const readAndWrite = ['DynamoDB.BatchGetItem', 'DynamoDB.TransactWriteItems'];

const callsOf: Record<OperationName, readonly string[]> = {
  start: readAndWrite,
  answer: readAndWrite,
  'direct sign-in': readAndWrite,
  redeem: readAndWrite,
  poll: ['DynamoDB.BatchGetItem'],
  send: [...readAndWrite, 'SFN.StartExecution'],
  keypad: readAndWrite,
};

describe('an operation of a sign-in, through its door, on a real engine', () => {
  let counts: readonly Count[];
  beforeAll(async () => {
    counts = await countOperations();
  }, 60_000);

  const countOf = (name: OperationName): Count => counts.find(({ operation }) => operation === name)!;

  it.each(operationNames)('%s makes exactly the calls that it is allowed, and none to KMS', (name) => {
    expect(countOf(name).calls).toEqual(callsOf[name]);
    expect(countOf(name).calls).toHaveLength(budgets.calls[name].calls);
  });

  it.each(operationNames)('%s costs exactly the capacity units that it is allowed', (name) => {
    const { reads, writes } = budgets.calls[name];

    expect(countOf(name).computed).toEqual({ reads, writes });
  });

  it.each(operationNames)('%s writes a state and an event of at most one kilobyte each, after a week of sign-ins', (name) => {
    expect(countOf(name).stateBytes).toBeLessThanOrEqual(budgets.ordinaryStateBytes);
    expect(countOf(name).eventBytes).toBeLessThanOrEqual(budgets.eventBytes);
  });

  it('signs a million people in with authenticator apps for what is allowed, audit records included', () => {
    expect(totalOf(costLines(countOf('direct sign-in')))).toBeLessThanOrEqual(budgets.dollarsPerMillionSignIns);
  });
});

describe("a user's state", () => {
  it('with one factor and one pending challenge has at most one kilobyte', () => {
    expect(stateSize(ordinaryState)).toBeLessThanOrEqual(budgets.ordinaryStateBytes);
  });

  it('with everything in it that the caps let in has at most two', () => {
    expect(stateSize(largestState)).toBeLessThanOrEqual(budgets.largestStateBytes);
  });
});

describe('the bundle', () => {
  const names = Object.keys(functions) as FunctionName[];
  const folder = mkdtempSync(join(tmpdir(), 'countersign-budgets-'));
  let sizes: readonly BundleSize[];
  beforeAll(async () => {
    ({ sizes } = await bundleFunctions({ names, outdir: join(folder, 'out') }));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(names)('of %s is within its budget, compressed', (name) => {
    expect(sizes.find((size) => size.name === name)?.gzipBytes).toBeLessThanOrEqual(budgets.bundleGzipBytes[name]);
  });
});
