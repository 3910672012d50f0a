import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../infra/bootstrap.mjs', import.meta.url));

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}
interface Invocation {
  readonly path: string | undefined;
  readonly payload: unknown;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A stand-in for Lambda's endpoint that answers each invocation alike. */
async function lambdaAnswering(reply: Reply): Promise<{ endpoint: string; invocations: Invocation[] }> {
  const invocations: Invocation[] = [];
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      invocations.push({ path: request.url, payload: JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown });
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(reply.body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, invocations };
}

const credentials = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };

async function bootstrap(environment: Record<string, string>, ...options: string[]) {
  const nowhere = { HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' };
  const child = spawn(process.execPath, [script, ...options], { env: { ...nowhere, ...environment } });
  const output = { out: '', error: '' };
  child.stdout.on('data', (text: Buffer) => (output.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output.error += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...output };
}

describe('npm run bootstrap', () => {
  it('invokes the operator function of the stage and prints the key once', async () => {
    const { endpoint, invocations } = await lambdaAnswering({
      status: 200,
      body: { clientId: 'cli_1', clientKey: 'cs_live_example' },
    });

    const { code, out } = await bootstrap(
      { ...credentials, AWS_ENDPOINT_URL_LAMBDA: endpoint },
      '--stage',
      'small',
      '--organization',
      'acme',
    );

    expect(code).toBe(0);
    expect(out.match(/cs_live_example/g)).toHaveLength(1);
    expect(invocations).toEqual([
      {
        path: '/2015-03-31/functions/countersign-small-operator/invocations',
        payload: { command: 'bootstrap', organizationId: 'acme' },
      },
    ]);
  });

  it('makes a client for the whole installation when no organization is named', async () => {
    const { endpoint, invocations } = await lambdaAnswering({
      status: 200,
      body: { clientId: 'cli_1', clientKey: 'cs_live_example' },
    });

    await bootstrap({ ...credentials, AWS_ENDPOINT_URL_LAMBDA: endpoint }, '--stage', 'full');

    expect(invocations[0]?.payload).toEqual({ command: 'bootstrap' });
  });

  it('makes a further client when asked to', async () => {
    const { endpoint, invocations } = await lambdaAnswering({
      status: 200,
      body: { clientId: 'cli_2', clientKey: 'cs_live_example' },
    });

    await bootstrap({ ...credentials, AWS_ENDPOINT_URL_LAMBDA: endpoint }, '--stage', 'full', '--another');

    expect(invocations[0]?.payload).toEqual({ command: 'bootstrap', another: true });
  });

  it('begins a new signing key when asked to', async () => {
    const { endpoint, invocations } = await lambdaAnswering({ status: 200, body: {} });

    const { code, out } = await bootstrap(
      { ...credentials, AWS_ENDPOINT_URL_LAMBDA: endpoint },
      '--stage',
      'small',
      '--rotate-signing-key',
    );

    expect(code).toBe(0);
    expect(invocations[0]?.payload).toEqual({ command: 'rotate-signing-key' });
    expect(out).toMatch(/new signing key/);
  });

  it('does not try twice: a second run would make a second client', async () => {
    const { endpoint, invocations } = await lambdaAnswering({ status: 503, body: { message: 'busy' } });

    const { code } = await bootstrap({ ...credentials, AWS_ENDPOINT_URL_LAMBDA: endpoint }, '--stage', 'small');

    expect(code).toBe(1);
    expect(invocations).toHaveLength(1);
  });

  it.each([
    [
      'the stage is not deployed',
      {
        status: 404,
        headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
        body: { Message: 'Function not found' },
      },
      /no function countersign-small-operator in this account and Region/,
    ],
    [
      'the credentials may not invoke it',
      { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: { Message: 'no' } },
      /may not invoke countersign-small-operator/,
    ],
    [
      'the function fails',
      {
        status: 200,
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: { errorMessage: 'This installation has its first client already.' },
      },
      /refused: This installation has its first client already\. \(here: --another\)$/,
    ],
    ['the function answers without a key', { status: 200, body: {} }, /answered without a client key/],
  ])('says what to do when %s', async (_case, reply, message) => {
    const { endpoint } = await lambdaAnswering(reply);

    const { code, error } = await bootstrap({ ...credentials, AWS_ENDPOINT_URL_LAMBDA: endpoint }, '--stage', 'small');

    expect(code).toBe(1);
    expect(error.trim().split('\n')).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['no stage is named', {}, [], /Usage: npm run bootstrap/],
    ['an option is unknown', {}, ['--stag', 'small'], /Usage: npm run bootstrap/],
    ['there is no Region', {}, ['--stage', 'small'], /No AWS Region is set/],
    ['there are no credentials', { AWS_REGION: 'us-east-1' }, ['--stage', 'small'], /No AWS credentials were found/],
  ])('says in one line that %s', async (_case, environment, options, message) => {
    const { code, error } = await bootstrap(environment, ...options);

    expect(code).toBe(1);
    expect(error.trim().split('\n')).toEqual([expect.stringMatching(message)]);
  });
});
