/** Wires the parts together as the template says: functions, workflows, queues, streams, AWS's services, the gateway. */
import { connectRoutes, lambdaRoutes } from '../aws/rest-services.ts';
import { createAwsEndpoint, type AwsServices } from '../aws/endpoint.ts';
import { createEventBridge } from '../aws/event-bridge.ts';
import { createKms } from '../aws/kms.ts';
import { createSes, createSns } from '../aws/carriers.ts';
import { createStepFunctions } from '../aws/step-functions.ts';
import { createTable, localClient } from '../database/create-table.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createFunctions, type Functions } from '../lambda/functions.ts';
import { createOutbox, type Outbox } from '../outbox/outbox.ts';
import { createQueues, type Queues } from '../queue/queues.ts';
import { createEventBus, type EventBus } from '../rules/event-bus.ts';
import { createConnect, type Connect } from '../telephone/connect.ts';
import { createEngine, type WorkflowEngine } from '../workflow/engine.ts';
import { createExecutionStore } from '../workflow/execution-store.ts';
import { connectEventSources } from './event-sources.ts';
import { account, region } from './place.ts';
import { listen, listenThen, type Ports } from './ports.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/start-database.ts';
import type { Log } from '../log.ts';
import type { DataFolder } from './data-folder.ts';
import type { OpenTemplate } from './open-template.ts';

export interface RunningTemplate {
  readonly functions: Functions;
  readonly workflows: WorkflowEngine;
  readonly queues: Queues;
  readonly bus: EventBus;
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

/** Starts everything; `stops` gets how to stop it, in the order of starting. */
export async function runTemplate(
  template: OpenTemplate,
  around: Surroundings,
  stops: (() => unknown)[],
): Promise<RunningTemplate> {
  const { ports, database, data, clock, log } = around;
  const dynamo = localClient(database.endpoint, region);
  stops.push(() => dynamo.destroy());
  await createTable(dynamo, template.table);

  const timing = { now: () => clock.now(), setTimer: clock.setTimer };
  const say = (line: string): void => log.say(line);
  const outbox = createOutbox(timing);
  const queues = createQueues(template.queues, { ...timing, log: say });
  const bus = createEventBus(template.rules, { region, account, queues, ...timing });
  const hurry: (() => void)[] = [];

  let parts: Pick<RunningTemplate, 'functions' | 'workflows' | 'connect'> | undefined;
  const aws = await listenThen((port) => {
    const endpoints = endpointsAt(`http://127.0.0.1:${String(port)}`, database.endpoint);
    const functions = createFunctions(template.functions, {
      clockOffset: clock.offset,
      region,
      endpoints,
      output: (name, text) => log.write(shortName(name), text),
      finished: () => hurry.forEach((one) => one()),
    });
    const workflows = createEngine(
      { clock: timing, store: createExecutionStore(data.executions), tasks: { dynamo, invoke: functions.invoke }, log: say },
      template.machines,
    );
    const connect = createConnect({
      ...timing,
      flow: (flowId) => template.flows.get(flowId),
      invoke: functions.call,
      publish: (event) => void bus.publish(event),
      instanceArn: template.instanceArn,
      region,
      account,
    });
    parts = { functions, workflows, connect };
    const services: AwsServices = {
      json: {
        TrentService: createKms(template.keys, data.keys),
        AWSStepFunctions: createStepFunctions(workflows),
        AWSEvents: createEventBridge(bus),
      },
      query: { '2010-03-31': createSns(outbox, say), '2010-12-01': createSes(outbox) },
      rest: [...connectRoutes(connect), ...lambdaRoutes(functions)],
    };
    return createAwsEndpoint(services, say);
  });
  stops.push(() => aws.stop());
  if (parts === undefined) throw new Error('The AWS endpoint did not start.');
  const { functions, workflows } = parts;
  stops.push(() => Promise.all([workflows.stop(), functions.stop()]));

  hurry.push(...(await connectEventSources(template, { ...around, functions, queues }, stops)));
  workflows.resume();
  const gateway = createGateway({ api: template.api, account, invoke: functions.invoke, now: () => clock.now() });
  const listening = await listen(gateway, ports.api);
  stops.push(() => listening.stop());
  return {
    ...parts,
    queues,
    bus,
    outbox,
    awsUrl: `http://127.0.0.1:${String(aws.port)}`,
    database: { endpoint: database.endpoint, tableName: template.table.TableName },
    functionNamed(name) {
      const found = functions.names().find((candidate) => shortName(candidate) === name);
      if (found === undefined) throw new Error(`The template has no function ${name}.`);
      return found;
    },
  };
}

function endpointsAt(awsUrl: string, databaseUrl: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ENDPOINT_URL_DYNAMODB: databaseUrl,
    // A developer's own profile must not reach into the functions: it could hold real keys.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** `countersign-local-api-sign-in` → `api-sign-in` */
function shortName(functionName: string): string {
  return functionName.replace(/^countersign-local-/, '');
}
