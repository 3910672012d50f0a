/** The AWS endpoint over stand-ins that are easy to look into, and the options for clients that talk to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createSns } from '../../../local/aws/carriers.ts';
import { createAwsEndpoint } from '../../../local/aws/endpoint.ts';
import { createEndUserMessaging } from '../../../local/aws/end-user-messaging.ts';
import { createEventBridge } from '../../../local/aws/event-bridge.ts';
import { createKeyStore } from '../../../local/aws/key-store.ts';
import { createKms } from '../../../local/aws/kms.ts';
import { createMailEvents } from '../../../local/aws/mail-events.ts';
import { createSes } from '../../../local/aws/ses.ts';
import { connectRoutes, lambdaRoutes } from '../../../local/aws/rest-services.ts';
import { ServiceError } from '../../../local/aws/service-error.ts';
import { createStepFunctions } from '../../../local/aws/step-functions.ts';
import { createOutbox } from '../../../local/outbox/outbox.ts';
import { createTextNumbers } from '../../../local/texts/numbers.ts';
import { listen, type Listening } from '../../../local/stack/ports.ts';
import type { Functions } from '../../../local/lambda/functions.ts';
import type { Connect } from '../../../local/telephone/connect.ts';
import type { WorkflowEngine } from '../../../local/workflow/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'aws-'));
const keyFile = join(folder, 'keys.json');
export const arn = (id: string) => `arn:aws:kms:us-east-1:111122223333:key/${id}`;
const keys = [
  { id: 'root', arn: arn('root'), aliases: ['alias/countersign-local-root'] },
  { id: 'data', arn: arn('data'), aliases: [] },
];

/** KMS as it is after a restart: only the file is left. */
export const restartedKms = () => createKms(createKeyStore(keys, keyFile));
export const outbox = createOutbox({ now: () => Date.now() });
/** What was published to topics; one of them takes replies, one what becomes of mails. */
export const told: string[][] = [];
export const repliesTopic = 'arn:aws:sns:us-east-1:111122223333:replies';
export const mailTopic = 'arn:aws:sns:us-east-1:111122223333:mail-events';
const topics = {
  openTo: () => [repliesTopic],
  publish: (topic: string, message: string) => {
    if (!topic.startsWith('arn:aws:sns:')) throw new Error('no such topic');
    return String(told.push([topic, message]));
  },
};
/** What is told later: a test lets the time pass. */
export const timers: { milliseconds: number; fire: () => void }[] = [];
const mailEvents = createMailEvents({
  destinations: [{ topicArn: mailTopic, types: ['bounce', 'complaint'] }],
  outbox,
  topics,
  now: () => 1_795_287_642_000,
  setTimer: (milliseconds, fire) => timers.push({ milliseconds, fire }),
});
const set = { name: 'set', destinations: [{ types: ['TEXT_UNREACHABLE'], topicArn: repliesTopic }] };
export const numbers = createTextNumbers({ outbox, topics, configurationSets: [set], isDuplicating: () => outbox.isDuplicating('sms'), log: () => undefined });
/** What was asked of Connect, published on the bus, and logged. */
export const asked: unknown[] = [];
export const published: unknown[] = [];
export const lines: string[] = [];

const connect = {
  startOutboundVoiceContact: (request: unknown) => {
    asked.push(request);
    return { ContactId: 'contact-1' };
  },
  describeContact: (id: string) => ({ Id: id, DisconnectReason: 'TELECOM_BUSY', DisconnectTimestamp: 1_795_287_642.5 }),
  stopContact: () => {
    throw new ServiceError('ContactNotFoundException', 'ended', 410);
  },
} as unknown as Connect;

const record = { arn: 'arn:e', machineArn: 'arn:m', name: 'n', input: '{}', startedAt: 1_795_287_642_000, status: 'RUNNING' };
const engine = {
  start: () => record,
  get: () => record,
  settle: () => {
    throw new ServiceError('TaskTimedOut', 'too late');
  },
} as unknown as WorkflowEngine;

const functions = {
  invoke: async (name: string, event: unknown) =>
    name === 'bad'
      ? { payload: '{"errorType":"E"}', functionError: 'Unhandled' }
      : { payload: JSON.stringify({ name, event }) },
} as unknown as Functions;

/** For every client; the endpoint is known when tests run. */
export const options = {
  endpoint: '',
  region: 'us-east-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

/** Starts the endpoint for the tests of a file. */
export function useAws(): void {
  let listening: Listening;
  beforeAll(async () => {
    const services = {
      json: {
        TrentService: restartedKms(),
        AWSStepFunctions: createStepFunctions(engine),
        AWSEvents: createEventBridge({ publish: (event) => String(published.push(event)) }),
        PinpointSMSVoiceV2: createEndUserMessaging(numbers),
      },
      query: { '2010-03-31': createSns(outbox, topics, (line) => lines.push(line)), '2010-12-01': createSes(outbox, mailEvents) },
      rest: [...connectRoutes(connect), ...lambdaRoutes(functions)],
    };
    listening = await listen(createServer(createAwsEndpoint(services, (line) => lines.push(line))), 0);
    options.endpoint = `http://127.0.0.1:${listening.port}`;
  });
  afterAll(async () => {
    await listening.stop();
    rmSync(folder, { recursive: true });
  });
}
