/** The stack's four ports: the API, the hosted pages, the portal and the telephone, one after the other. */
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer } from 'node:net';
import { StartProblem } from './start-problem.ts';

export interface Ports {
  readonly api: number;
  readonly pages: number;
  readonly portal: number;
  readonly phone: number;
}

const COUNT = 4;
/** Below the range from which the machine takes ports for outgoing connections. */
const FIRST_RANDOM = 20_000;
const RANDOM_BASES = 3_000;

/** The ports from a first one on, all free at this moment; 0 picks them. */
export async function choosePorts(first: number): Promise<Ports> {
  if (first !== 0) {
    const taken = await firstTaken(first);
    if (taken === undefined) return portsFrom(first);
    const range = `${String(first)} to ${String(first + COUNT - 1)}`;
    throw new StartProblem(`Port ${String(taken)} is taken, and ${range} are needed: set PORT to another first one.`);
  }
  for (;;) {
    const base = FIRST_RANDOM + Math.floor(Math.random() * RANDOM_BASES) * COUNT;
    if ((await firstTaken(base)) === undefined) return portsFrom(base);
  }
}

function portsFrom(first: number): Ports {
  return { api: first, pages: first + 1, portal: first + 2, phone: first + 3 };
}

async function firstTaken(first: number): Promise<number | undefined> {
  for (let port = first; port < first + COUNT; port += 1) if (!(await isFree(port))) return port;
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

export interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

/** Lets a server listen to this machine only; 0 is any port. */
export async function listen(server: Server, port: number): Promise<Listening> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  // 200 callers may come at once.
  server.listen({ port, host: '127.0.0.1', backlog: 1024 }, () => resolve(undefined));
  await promise;
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async stop() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A server whose port is known before there is anything to serve. */
export async function listenThen(): Promise<Listening & { serve(listener: RequestListener): void }> {
  const server = createHttpServer({ keepAliveTimeout: 65_000 });
  const listening = await listen(server, 0);
  return { ...listening, serve: (listener) => void server.on('request', listener) };
}
