import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { createFunctions, functionName, type FunctionSettings } from '../../../local/lambda/functions.ts';

const folder = mkdtempSync(join(tmpdir(), 'functions-'));
afterAll(() => rmSync(folder, { recursive: true }));
let bundles = 0;

/** A host of one function, whose bundle is the given source. */
function setup(source: string, changes: Partial<FunctionSettings> = {}) {
  bundles += 1;
  const codeFolder = mkdtempSync(join(folder, `${bundles}-`));
  writeFileSync(join(codeFolder, 'index.mjs'), source);
  const printed: string[] = [];
  const clock = createClock();
  const settings: FunctionSettings = {
    name: 'f',
    arn: 'arn:aws:lambda:us-east-1:111122223333:function:f',
    handler: 'index.handler',
    codeFolder,
    environment: { OURS: 'yes' },
    timeoutSeconds: 5,
    memoryMegabytes: 128,
    ...changes,
  };
  const functions = createFunctions([settings], {
    clockOffset: clock.offset,
    region: 'us-east-1',
    endpoints: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    output: (_name, text) => printed.push(text),
  });
  onTestFinished(() => functions.stop());
  const invoke = async (event: unknown = {}) => {
    const { payload, functionError } = await functions.invoke('f', event);
    return { answer: JSON.parse(payload), functionError };
  };
  return { functions, invoke, printed, clock };
}

describe('a function', () => {
  it('answers its event, with a context', async () => {
    const { invoke } = setup(`export const handler = async (event, context) => ({ event, id: context.awsRequestId,
      name: context.functionName, left: context.getRemainingTimeInMillis() });`);
    const { answer } = await invoke({ n: 1 });

    expect(answer).toMatchObject({ event: { n: 1 }, name: 'f', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(answer.left).toBeGreaterThan(4000);
    expect(answer.left).toBeLessThanOrEqual(5000);
  });

  it('has the environment of the template and of Lambda, and nothing of this process', async () => {
    const { invoke } = setup('export const handler = async () => process.env;');
    const { answer } = await invoke();

    expect(answer).toMatchObject({ OURS: 'yes', AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: 'f', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    expect(answer).not.toHaveProperty('PATH');
    expect(answer).not.toHaveProperty('HOME');
  });

  it('takes one event at a time, so that what it keeps is never shared by two', async () => {
    const { invoke } = setup(`let inside = 0; export const handler = async () => {
      inside += 1; const seen = inside; await new Promise((done) => setTimeout(done, 30)); inside -= 1; return seen; };`);
    const answers = await Promise.all(Array.from({ length: 10 }, () => invoke()));

    expect(answers.map(({ answer }) => answer)).toEqual(Array(10).fill(1));
  });

  it('gets more sandboxes while events wait, and keeps them for the next', async () => {
    const { invoke } = setup(`const id = Math.random(); export const handler = async (event) => {
      await new Promise((done) => setTimeout(done, event.wait)); return id; };`);
    const many = await Promise.all(Array.from({ length: 6 }, () => invoke({ wait: 400 })));
    const next = await invoke({ wait: 0 });
    const ids = new Set(many.map(({ answer }) => answer));

    expect(ids.size).toBeGreaterThan(1);
    expect(ids).toContain(next.answer);
  });

  it('answers null for nothing', async () => {
    expect((await setup('export const handler = async () => undefined;').invoke()).answer).toBeNull();
  });

  it('tells the time of the stack, also after it has been moved', async () => {
    const { invoke, clock } = setup(`export const handler = async () => [Date.now(), new Date().getTime(), +new Date(5),
      new Date(2020, 0, 1) instanceof Date, typeof Date(), Date.UTC(1970, 0, 1)];`);
    await invoke();
    clock.advance(86_400);
    const { answer } = await invoke();

    expect(answer[0] - Date.now()).toBeGreaterThan(86_300_000);
    expect(answer[1] - Date.now()).toBeGreaterThan(86_300_000);
    expect(answer.slice(2)).toEqual([5, true, 'string', 0]);
  });

  it('writes what it prints to its log', async () => {
    const { invoke, printed } = setup(`export const handler = async () => { console.log('a line'); console.error('b line'); };`);
    await invoke();
    await expect.poll(() => printed.join('')).toContain('b line');

    expect(printed.join('')).toContain('a line');
  });
});

describe('a function that fails', () => {
  it('by throwing answers the name and message of the error, and works on', async () => {
    const { invoke } = setup(`export const handler = async (event) => { if (event.bad) throw new RangeError('no'); return 'fine'; };`);

    expect(await invoke({ bad: true })).toMatchObject({
      functionError: 'Unhandled',
      answer: { errorType: 'RangeError', errorMessage: 'no', trace: expect.any(Array) },
    });
    expect(await invoke()).toEqual({ answer: 'fine', functionError: undefined });
  });

  it('by taking too long is ended, and the next event gets a new sandbox', async () => {
    const { invoke } = setup(
      `let calls = 0; export const handler = async (event) => { calls += 1; if (event.hang) while (true); return calls; };`,
      { timeoutSeconds: 0.3 },
    );
    await invoke();
    const { answer, functionError } = await invoke({ hang: true });

    expect(functionError).toBe('Unhandled');
    expect(answer.errorType).toBe('Sandbox.Timedout');
    expect(answer.errorMessage).toContain('Task timed out after 0.30 seconds');
    expect((await invoke()).answer).toBe(1);
  });

  it.each([
    ['exiting', 'process.exit(1)', 'Runtime.ExitError'],
    ['an error outside of the handler', `setTimeout(() => { throw new TypeError('later'); }, 0); return new Promise(() => {})`, 'TypeError'],
    ['a rejection nobody handles', `Promise.reject(new TypeError('later')); return new Promise(() => {})`, 'TypeError'],
    ['taking all memory', `const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()))`, 'Runtime.ExitError'],
  ])('by %s is ended, and the next event gets a new sandbox', async (_name, body, errorType) => {
    const { invoke } = setup(`export const handler = async (event) => { if (event.bad) { ${body} } return 'fine'; };`);
    const { answer, functionError } = await invoke({ bad: true });

    expect(functionError).toBe('Unhandled');
    expect(answer.errorType).toContain(errorType);
    expect((await invoke()).answer).toBe('fine');
  });

  it('at its start fails the event, and is tried again for the next', async () => {
    const { invoke } = setup(`throw new SyntaxError('at import');`);

    expect((await invoke()).answer).toMatchObject({ errorType: 'SyntaxError', errorMessage: 'at import' });
    expect((await invoke()).functionError).toBe('Unhandled');
  });

  it.each(['process.exit(0);', 'setTimeout(() => { throw new Error() }); await new Promise(() => {});'])(
    'before it is ready fails the event: %s',
    async (source) => {
      expect((await setup(source).invoke()).functionError).toBe('Unhandled');
    },
  );

  it('by having no handler says so', async () => {
    expect((await setup('export const other = 1;').invoke()).answer.errorMessage).toContain('no function handler');
  });

  it('by answering more than Lambda takes is refused', async () => {
    const { invoke } = setup(`export const handler = async () => 'x'.repeat(7 * 1024 * 1024);`);

    expect((await invoke()).answer.errorType).toBe('Function.ResponseSizeTooLarge');
  });
});

describe('the host', () => {
  it('throws what a called function throws', async () => {
    const { functions } = setup(`export const handler = async () => { throw new RangeError('no'); };`);

    await expect(functions.call('f', {})).rejects.toMatchObject({ name: 'RangeError', message: 'f: no' });
  });

  it('knows functions by name, ARN and qualified ARN', async () => {
    const arn = 'arn:aws:lambda:us-east-1:111122223333:function:f';

    expect([arn, `${arn}:live`, 'f', 'f:1'].map(functionName)).toEqual(['f', 'f', 'f', 'f']);
    await expect(setup('').functions.invoke('g', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  });

  it('answers those who wait when it stops', async () => {
    const { functions, invoke } = setup('export const handler = () => new Promise(() => undefined);');
    const waiting = invoke();
    await new Promise((done) => setTimeout(done, 300));
    await functions.stop();

    expect((await waiting).functionError).toBe('Unhandled');
  });
});
