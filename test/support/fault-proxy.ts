/**
 * A proxy in front of the database that fails on purpose: by a script, or by chance that repeats with its seed. What is
 * applied and then dropped has happened, and nobody is told.
 */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault = 'pass' | 'throttle' | 'server-error' | 'reset-before' | 'apply-then-drop';

export interface Seen {
  readonly operation: string;
  readonly fault: Fault;
}

/** Told of every call, in order: what becomes of it. */
export type Script = (operation: string, position: number) => Fault;

export interface FaultProxy {
  readonly endpoint: string;
  /** What came by since the script was set. */
  readonly seen: Seen[];
  follow(script: Script): void;
  stop(): Promise<void>;
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

function forward(target: URL, { method = 'POST', headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const passed = request(target, { method, headers }, (answer) => {
      bodyOf(answer).then((content) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: content }), reject);
    });
    passed.on('error', reject);
    passed.end(body);
  });
}

function refuse(response: ServerResponse, status: number, type: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'on purpose' }));
}

async function handle(target: URL, fault: Fault, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(message);
  if (fault === 'reset-before') return void message.socket.resetAndDestroy();
  if (fault === 'throttle') return refuse(response, 400, 'ProvisionedThroughputExceededException');
  if (fault === 'server-error') return refuse(response, 500, 'InternalServerError');
  const answer = await forward(target, message, body);
  if (fault === 'apply-then-drop') return void message.socket.resetAndDestroy();
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

export async function startFaultProxy(targetEndpoint: string): Promise<FaultProxy> {
  const target = new URL(targetEndpoint);
  const seen: Seen[] = [];
  let script: Script = () => 'pass';
  const server: Server = createServer((message, response) => {
    const operation = String(message.headers['x-amz-target']).split('.').at(-1) ?? '';
    const fault = script(operation, seen.length);
    seen.push({ operation, fault });
    handle(target, fault, message, response).catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    follow: (next) => {
      seen.length = 0;
      script = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
