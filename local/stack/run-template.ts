/** Wires the parts together as the template says: functions, workflows, queues, streams, AWS's services, gateway. */
import { createTable, localClient } from '../database/create-table.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createFunctions, type Functions } from '../lambda/functions.ts';
import { createOutbox, type Outbox } from '../outbox/outbox.ts';
import { createQueues, type Queues } from '../queue/queues.ts';
import { createEventBus, type EventBus } from '../rules/event-bus.ts';
import { createConnect, type Connect } from '../telephone/connect.ts';
import { createTextNumbers, type TextNumbers } from '../texts/numbers.ts';
import { createTopics, type Topics } from '../topics/topics.ts';
import { createEngine, type WorkflowEngine } from '../workflow/engine.ts';
import { createExecutionStore } from '../workflow/execution-store.ts';
import { createAwsListener } from './aws-services.ts';
import { connectEventSources } from './event-sources.ts';
import { account, region } from './place.ts';
import { listen, listenThen, type Ports } from './ports.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/start-database.ts';
import type { Log } from '../log.ts';
import type { DataFolder } from './data-folder.ts';
import type { OpenTemplate } from './open-template.ts';
import type { Stops } from './stops.ts';

export interface RunningTemplate {
  readonly functions: Functions;
  readonly workflows: WorkflowEngine;
  readonly queues: Queues;
  readonly bus: EventBus;
  readonly topics: Topics;
  readonly numbers: TextNumbers;
  readonly connect: Connect;
  readonly outbox: Outbox;
  readonly database: { readonly endpoint: string; readonly tableName: string };
  /** Address of every AWS service but the database. */
  readonly awsUrl: string;
  /** The name in the template of a function that shared/contract/functions.ts names. */
  functionNamed(name: string): string;
}

export interface Surroundings {
  readonly ports: Ports;
  readonly database: Database;
  readonly data: DataFolder;
  readonly clock: Clock;
  readonly log: Log;
}

/** Starts everything; `stops` learns how to stop it. */
export async function runTemplate(
  template: OpenTemplate,
  around: Surroundings,
  stops: Stops,
): Promise<RunningTemplate> {
  const { database, clock, log } = around;
  const dynamo = localClient(database.endpoint, region);
  stops.push(() => dynamo.destroy());
  await createTable(dynamo, template.table);

  const say = (line: string): void => log.say(line);
  const outbox = createOutbox(clock);
  const queues = createQueues(template.queues, { ...clock, log: say });
  const bus = createEventBus(template.rules, { region, account, queues, now: clock.now });
  const topics = createTopics(template.topics, { queues, now: clock.now });
  const numbers = createTextNumbers({ outbox, topics, configurationSets: template.configurationSets, isDuplicating: () => outbox.isDuplicating('sms'), log: say });
  const hurry: (() => void)[] = [];
  const finished = (): void => hurry.forEach((one) => one());

  // The functions must know the endpoint's port, and the endpoint the functions: first the port, then both.
  const aws = await listenThen();
  stops.push(() => aws.stop());
  const awsUrl = `http://127.0.0.1:${String(aws.port)}`;
  const functions = makeFunctions(template, around, { awsUrl, finished });
  const store = createExecutionStore(around.data.executions);
  const tasks = { dynamo, invoke: functions.invoke };
  const workflows = createEngine({ clock, store, tasks, log: say }, template.machines);
  stops.push(() => Promise.all([workflows.stop(), functions.stop()]));
  const connect = makeConnect(template, around, { functions, bus });
  aws.serve(createAwsListener(template, around, { functions, workflows, connect, bus, outbox, topics, numbers }));

  hurry.push(...(await connectEventSources(template, { ...around, functions, queues }, stops)));
  workflows.resume();
  await openGateway(template, around, { functions, stops });
  return {
    ...{ functions, workflows, queues, bus, topics, numbers, connect, outbox, awsUrl },
    database: { endpoint: database.endpoint, tableName: template.table.TableName },
    functionNamed(name) {
      const found = functions.names().find((candidate) => shortName(candidate) === name);
      if (found === undefined) throw new Error(`The template has no function ${name}.`);
      return found;
    },
  };
}

function makeFunctions(
  template: OpenTemplate,
  { clock, log, database }: Surroundings,
  { awsUrl, finished }: { awsUrl: string; finished(): void },
): Functions {
  const endpoints = {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    // A developer's own profile must not reach into the functions: it could hold real keys.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  const output = (name: string, text: string): void => log.write(shortName(name), text);
  return createFunctions(template.functions, { clockOffset: clock.offset, region, endpoints, output, finished });
}

function makeConnect(
  template: OpenTemplate,
  { clock }: Surroundings,
  { functions, bus }: { functions: Functions; bus: EventBus },
): Connect {
  return createConnect({
    now: clock.now,
    setTimer: clock.setTimer,
    flow: (flowId) => template.flows.get(flowId),
    invoke: functions.call,
    publish: (event) => void bus.publish(event),
    instanceArn: template.instanceArn,
    region,
    account,
  });
}

async function openGateway(
  { api }: OpenTemplate,
  { ports, clock }: Surroundings,
  { functions, stops }: { functions: Functions; stops: Stops },
): Promise<void> {
  const gateway = await listen(createGateway({ api, account, invoke: functions.invoke, now: clock.now }), ports.api);
  stops.push(() => gateway.stop());
}

/** `countersign-local-api-sign-in` → `api-sign-in` */
function shortName(functionName: string): string {
  return functionName.replace(/^countersign-local-/, '');
}
