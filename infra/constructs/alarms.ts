/**
 * What is watched, as rows: a metric, when it is too much, and who is hurt then. Everything is named by its fixed name,
 * so that the stack of alarms holds no export of the service that would keep a function from being removed.
 */
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

import { functions } from '../../shared/contract/functions.ts';
import { functionsIn, nameIn, hearsBack, type Stage } from '../stages.ts';
import { logicalName } from './countersign-function.ts';

export interface Watched {
  readonly name: string;
  readonly impact: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum';
  readonly atLeast: number;
  /** Left out of a stage that watches for nothing: another alarm, or a person, notices the same failure. */
  readonly extra?: true;
}

export interface WatchedThings {
  readonly apiId: string;
  readonly tableName: string;
  readonly connectInstanceId?: string;
}

/**
 * Whoever runs the operator function by hand, or imports tokens, reads its error at once; what fails behind the pages shows as 5xx as well;
 * what mail-events fails at is tried five times, and kept; an invitation that cannot be mailed for hours is told to the administrators.
 */
const unheard = new Set<string>(['operator', 'api-pages', 'api-app', 'api-tokens', 'mail-events', 'enrollment-advance']);

function functionRows(stage: Stage): Watched[] {
  return functionsIn(stage).map((name) => ({
    name: `${name}-errors`,
    impact: functions[name].errorImpact,
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: { FunctionName: nameIn(stage, name) },
    statistic: 'Sum',
    atLeast: 1,
    ...(unheard.has(name) ? { extra: true } : {}),
  }));
}

function deadLetterRow(stage: Stage, queue: string, impact: string): Watched {
  return {
    name: queue,
    impact,
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: nameIn(stage, queue) },
    statistic: 'Maximum',
    atLeast: 1,
  };
}

function serviceRows(stage: Stage, { apiId, tableName }: WatchedThings): Watched[] {
  const throttled = (kind: 'Read' | 'Write'): Watched => ({
    name: `table-${kind.toLowerCase()}-throttles`,
    impact: 'The table is busier than it may be: sign-ins answer 503 and are tried again.',
    namespace: 'AWS/DynamoDB',
    metricName: `${kind}ThrottleEvents`,
    dimensions: { TableName: tableName },
    statistic: 'Sum',
    atLeast: 1,
    extra: true,
  });
  return [
    {
      name: 'api-server-errors',
      impact: 'Portals are answered with server errors: people cannot sign in.',
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensions: { ApiId: apiId },
      statistic: 'Sum',
      atLeast: 3,
    },
    {
      name: 'table-stream-age',
      impact: 'Notices about locks and changed factors are minutes late; calls move on only by time-out.',
      namespace: 'AWS/Lambda',
      metricName: 'IteratorAge',
      dimensions: { FunctionName: nameIn(stage, 'table-stream') },
      statistic: 'Maximum',
      atLeast: 120_000,
    },
    deadLetterRow(stage, 'table-stream-dead', 'A notice was given up: somebody was not told of a lock or a change.'),
    { ...deadLetterRow(stage, 'mail-events-dead', 'A bounce or a complaint was given up: mail goes on to an address that does not want it.'), extra: true },
    // Without a dimension on purpose: the limit is the account's, whoever uses it up. It shows as 5xx as well.
    {
      name: 'lambda-throttles',
      impact: 'The account runs out of Lambda concurrency: sign-ins are refused.',
      namespace: 'AWS/Lambda',
      metricName: 'Throttles',
      dimensions: {},
      statistic: 'Sum',
      atLeast: 1,
      extra: true,
    },
    throttled('Read'),
    throttled('Write'),
  ];
}

function callRows(scope: Construct, stage: Stage, connectInstanceId: string): Watched[] {
  const stateMachineArn = Stack.of(scope).formatArn({
    service: 'states',
    resource: `stateMachine:${nameIn(stage, 'phone-call')}`,
  });
  const machine = (metricName: string, impact: string): Watched => ({
    name: `phone-call-${metricName.replace(/^Execution(s?)/, '').toLowerCase()}`,
    impact,
    namespace: 'AWS/States',
    metricName,
    dimensions: { StateMachineArn: stateMachineArn },
    statistic: 'Sum',
    atLeast: 1,
  });
  return [
    machine('ExecutionsFailed', 'A call could not be placed or ended: somebody waits for a telephone that is silent.'),
    machine('ExecutionsTimedOut', 'A call went on past its challenge: legs are not ended.'),
    machine('ExecutionThrottled', 'More calls are asked for than Step Functions starts: telephones ring late.'),
    {
      name: 'calls-over-quota',
      impact: 'More calls at once than the instance may hold: telephones do not ring.',
      namespace: 'AWS/Connect',
      metricName: 'CallsBreachingConcurrencyQuota',
      dimensions: { InstanceId: connectInstanceId, MetricGroup: 'VoiceCalls' },
      statistic: 'Sum',
      atLeast: 1,
    },
    deadLetterRow(
      stage,
      'contact-events-dead',
      'Contact events are not read: busy calls are noticed only by time-out.',
    ),
  ];
}

/** Everything that is watched in a stage. */
export function watchedIn(scope: Construct, stage: Stage, things: WatchedThings): Watched[] {
  const rows = [...functionRows(stage), ...serviceRows(stage, things)];
  if (things.connectInstanceId) rows.push(...callRows(scope, stage, things.connectInstanceId));
  if (hearsBack(stage)) rows.push(deadLetterRow(stage, 'text-replies-dead', 'A reply to a text was given up: somebody who answered was not signed in.'));
  return stage.watch === 'full' ? rows : rows.filter((row) => !row.extra);
}

export function metricOf({ namespace, metricName, dimensions, statistic }: Watched): Metric {
  const dimensionsMap = Object.keys(dimensions).length > 0 ? { dimensionsMap: { ...dimensions } } : {};
  return new Metric({ namespace, metricName, statistic, period: Duration.minutes(5), ...dimensionsMap });
}

export function alarmOn(scope: Construct, stage: Stage, watched: Watched): Alarm {
  return new Alarm(scope, logicalName(watched.name), {
    alarmName: nameIn(stage, watched.name),
    alarmDescription: watched.impact,
    metric: metricOf(watched),
    threshold: watched.atLeast,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
