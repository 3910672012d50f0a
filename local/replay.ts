/** `npm run replay -- <event>`: runs a recorded event through the real bundle, on a fresh installation. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functions } from '../shared/contract/functions.ts';
import { routes } from '../shared/contract/routes.ts';
import { localClient } from './database/create-table.ts';
import { projectRoot, region } from './stack/place.ts';
import { StartProblem } from './stack/start-problem.ts';
import { inviteSomebody } from './replay-invitation.ts';
import { sendText } from './replay-text.ts';
import { startLocal, type LocalStack } from './start-local.ts';

const eventsFolder = join(projectRoot, 'events');
const CALL_WITHIN_MILLISECONDS = 15_000;

/** `api/health`, `workflows/phone-call/end-leg` and so on. */
export function listEvents(): string[] {
  const files = readdirSync(eventsFolder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)).sort();
}

/** The function that the event's folder belongs to; an API's event names its route. */
export function functionFor(name: string, event: unknown): string {
  const path = name.split('/');
  if (path[0] === 'api') {
    const { routeKey } = event as { routeKey?: string };
    const route = routes.find((candidate) => `${candidate.method} ${candidate.path}` === routeKey);
    if (route !== undefined) return route.function;
    throw new StartProblem(`The event ${name} is for "${String(routeKey)}", which is no route.`);
  }
  // A task has one file per function, and its events begin with that file's name.
  const isFor = (entry: string): boolean => {
    const isHandler = entry === `functions/events/${path[0] ?? ''}/handler.ts`;
    return isHandler || `functions/${name}`.startsWith(entry.replace(/\.ts$/, ''));
  };
  const found = Object.entries(functions).find(([, { entry }]) => isFor(entry));
  if (found === undefined) throw new StartProblem(`No function belongs to the folder of ${name}.`);
  return found[0];
}

/** Fills in the words in braces: no key, code or PIN is kept in a file. */
export async function fillIn(text: string, stack: LocalStack): Promise<string> {
  const { clientKey, demo } = stack.running;
  const needsCall = /\{(?:challengeId|callKey|contactId)\}/.test(text);
  const call = needsCall ? await placeCall(stack) : {};
  const user = text.includes('{userKey}') ? { userKey: await findUserKey(stack) } : {};
  const reply = text.includes('{reply}') ? await sendText(stack) : {};
  const enrollment = text.includes('{enrollmentId}') ? await inviteSomebody(stack) : {};
  const words: Readonly<Record<string, string>> = { clientKey, entry: demo.pin, ...call, ...user, ...reply, ...enrollment };
  return text.replaceAll(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
}

/** The hash under which the demo user is kept: the only one whose state a fresh installation holds. */
async function findUserKey({ database }: LocalStack): Promise<string> {
  const client = localClient(database.endpoint, region);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: database.tableName, ProjectionExpression: 'pk, sk' }));
  client.destroy();
  const state = Items.find(({ pk, sk }) => sk?.S === 'STATE' && pk?.S?.startsWith('USER#') === true);
  return state?.['pk']?.S?.slice('USER#'.length) ?? '';
}

/** A call to the demo user, whose machine waits for its end. */
async function placeCall({ running, workflows, connect }: LocalStack): Promise<Record<string, string>> {
  const { apiUrl, clientKey, organizationId, demo } = running;
  const post = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json' };
    const response = await fetch(apiUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`The event needs a call, but ${path} answers ${String(response.status)} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
  const start = { organizationId, userId: demo.userId, audience: 'portal', firstFactor: 'password' };
  const { challengeId, factors } = await post('/v1/challenges', start);
  const [factor] = (factors ?? []) as { factorId: string }[];
  await post(`/v1/challenges/${String(challengeId)}/send`, { factorId: factor?.factorId });
  for (let waits = 0; waits < CALL_WITHIN_MILLISECONDS / 10; waits += 1) {
    const record = workflows.list().find(({ input }) => input.includes(`"${String(challengeId)}"`));
    const contactId = connect.calls(demo.phoneNumber).at(-1)?.callId;
    if (record?.step.task?.called === true && contactId !== undefined) {
      return { ...(JSON.parse(record.input) as Record<string, string>), contactId };
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The event needs a call, but no telephone rings.');
}

async function replay(name: string): Promise<boolean> {
  const file = join(eventsFolder, `${name}.json`);
  if (!existsSync(file)) throw new StartProblem(`There is no event ${name}; without a name, all are listed.`);
  const text = readFileSync(file, 'utf8');
  const wanted = functionFor(name, JSON.parse(text));
  const printed: string[] = [];
  const output = (from: string, line: string): void => {
    if (from === wanted) printed.push(line);
  };
  const stack = await startLocal({ output });
  try {
    const event = JSON.parse(await fillIn(text, stack)) as unknown;
    printed.length = 0;
    const { payload, functionError } = await stack.functions.invoke(stack.functionNamed(wanted), event);
    console.log(`${wanted} ${functionError === undefined ? 'answers' : 'fails with'}`);
    console.log(JSON.stringify(readable(JSON.parse(payload)), null, 2));
    // What a worker prints arrives after its answer.
    await new Promise((resolve) => setTimeout(resolve, 50));
    console.log(printed.length === 0 ? 'and prints nothing.' : `and prints\n${printed.join('')}`);
    return functionError === undefined;
  } finally {
    await stack.stop();
  }
}

/** An HTTP answer's body is easier to read as what it is. */
function readable(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('body' in answer)) return answer;
  const { body } = answer;
  return typeof body === 'string' && body.startsWith('{') ? { ...answer, body: JSON.parse(body) as unknown } : answer;
}

/** Without a name, lists the events. */
export async function main([name]: readonly string[]): Promise<void> {
  try {
    if (name === undefined) console.log(['npm run replay -- <event>, one of', ...listEvents()].join('\n  '));
    else process.exitCode = (await replay(name.replace(/^events\/|\.json$/g, ''))) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exitCode = 1;
  }
}
