/** EventBridge of one machine: the default bus, the template's rules and their queues. */
import { randomUUID } from 'node:crypto';
import { checkPattern, fits, type Pattern } from './pattern.ts';
import type { Queues } from '../queue/queues.ts';
import type { Resolver } from '../template/resolver.ts';

export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface Rule {
  readonly pattern: Pattern;
  readonly queueArns: readonly string[];
}

export interface EventBus {
  /** Gives an event to every rule that it fits. Answers the event's id. */
  publish(event: BusEvent): string;
}

export interface EventBusDependencies {
  readonly region: string;
  readonly account: string;
  readonly queues: Pick<Queues, 'send'>;
  now(): number;
}

interface RuleProperties {
  readonly EventPattern?: unknown;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Targets?: readonly Record<string, unknown>[];
}

/** The template's rules. Only queues as targets, and the event as it is: the product uses no more. */
export function readRules(resolver: Resolver): Rule[] {
  return resolver.resources('AWS::Events::Rule').flatMap(({ logicalId, properties }): Rule[] => {
    const { EventPattern, ScheduleExpression, State, Targets = [] } = properties as RuleProperties;
    if (State === 'DISABLED') return [];
    if (ScheduleExpression !== undefined || EventPattern === undefined) {
      throw new Error(`The rule ${logicalId} has a schedule, which does not run on one machine.`);
    }
    checkPattern(EventPattern, `The rule ${logicalId}`);
    const queueArns = Targets.map((target) => readTarget(logicalId, target));
    return [{ pattern: EventPattern, queueArns }];
  });
}

function readTarget(rule: string, target: Record<string, unknown>): string {
  const refused = ['Input', 'InputPath', 'InputTransformer'].find((field) => target[field] !== undefined);
  const arn = String(target['Arn']);
  if (refused !== undefined) throw new Error(`The rule ${rule}: ${refused} does not run on one machine.`);
  if (!arn.startsWith('arn:aws:sqs:')) throw new Error(`The rule ${rule}: only queues can be targets on one machine.`);
  return arn;
}

/** Makes the bus. */
export function createEventBus(rules: readonly Rule[], deps: EventBusDependencies): EventBus {
  return {
    publish(event) {
      const envelope = {
        version: '0',
        id: randomUUID(),
        'detail-type': event['detail-type'],
        source: event.source,
        account: deps.account,
        time: new Date(deps.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
        region: deps.region,
        resources: event.resources,
        detail: event.detail,
      };
      for (const { pattern, queueArns } of rules) {
        if (!fits(pattern, envelope)) continue;
        for (const arn of queueArns) deps.queues.send(arn, JSON.stringify(envelope));
      }
      return envelope.id;
    },
  };
}
