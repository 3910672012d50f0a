/** The flow whose processor time is compared: somebody begins to sign in, and answers with a code. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { totpPeriod } from '../../shared/factors/kinds/totp.ts';
import { apiEvent } from '../stage/api-event.ts';
import { moveToNextStep } from '../stage/clock.ts';
import { startOf } from '../stage/stage.ts';
import { codeNow, userIdOf } from '../stage/totp-users.ts';
import type { Transport } from './memory-transport.ts';

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

export interface Spent {
  /** Milliseconds, of all threads of this process, without what the table in memory took. */
  readonly cpu: number;
  readonly wall: number;
  readonly flows: number;
  readonly approved: number;
}

const context = { awsRequestId: 'bench' };

async function ask(handler: Handler, event: unknown): Promise<Record<string, unknown>> {
  const result = (await handler(event, context)) as APIGatewayProxyStructuredResultV2;
  return JSON.parse(result.body ?? '{}') as Record<string, unknown>;
}

async function signIn(handler: Handler, clientKey: string, userId: string): Promise<boolean> {
  const body = { ...startOf(userId), context: { ipAddress: '198.51.100.23', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0' } };
  const started = await ask(handler, apiEvent('startChallenge', { clientKey, body }));
  const path = { challengeId: String(started['challengeId']) };
  const answered = await ask(handler, apiEvent('answerChallenge', { clientKey, path, body: { answer: codeNow() } }));
  return answered['status'] === 'approved' && typeof answered['result'] === 'string';
}

/** Every user once, one after the other. Time moves on first, so that everyone has a fresh code. */
export async function runFlows(handler: Handler, clientKey: string, prefix: string, users: number, transport: Transport): Promise<Spent> {
  moveToNextStep(totpPeriod);
  transport.takeTableTime();
  let approved = 0;
  const [cpuAt, begun] = [process.cpuUsage(), performance.now()];
  for (let number = 0; number < users; number += 1) {
    if (await signIn(handler, clientKey, userIdOf(prefix, number))) approved += 1;
  }
  const { user, system } = process.cpuUsage(cpuAt);
  return { cpu: (user + system) / 1000 - transport.takeTableTime(), wall: performance.now() - begun, flows: users, approved };
}
