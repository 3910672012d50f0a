/** What the stand-in keeps: calls, tokens that make a repeated request harmless, and the faults it was given. */
import { ConnectError } from './connect-error.ts';
import type { ContactEvent, ContactEventType, EventFaults } from './contact-events.ts';
import type { ContactRecord } from './contact.ts';
import { loadFlow, FlowRefused, type ContactFlow, type LoadedFlow } from './flow/load-flow.ts';
import type { Line } from './line.ts';

export interface ConnectDependencies {
  now(): number;
  /** Fires once, after `ms` of the stack's own clock; returns how to cancel it. */
  setTimer(ms: number, fire: () => void): () => void;
  flow(flowId: string): ContactFlow | undefined;
  /** Resolves with the function's answer; rejects on a function error or a throttle. */
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  publish(event: ContactEvent): void;
  instanceArn: string;
  region: string;
  account: string;
}

export interface LiveCall {
  readonly line: Line;
  readonly flow: LoadedFlow;
}

export interface Exchange {
  readonly deps: ConnectDependencies;
  readonly calls: Map<string, LiveCall>;
  readonly tokens: Map<string, { contactId: string; at: number }>;
  readonly faults: EventFaults & { outageUntil: number };
  readonly publish: (contact: ContactRecord, eventType: ContactEventType) => void;
}

/** The flow by its id or ARN, loaded; Connect's own refusal where there is none or it is not sound. */
export function flowFor(deps: ConnectDependencies, flowId: string): LoadedFlow {
  const flow = deps.flow(flowId) ?? deps.flow(flowId.slice(flowId.lastIndexOf('/') + 1));
  if (!flow) throw new ConnectError('ResourceNotFoundException', 'There is no such contact flow.');
  try {
    return loadFlow(flow);
  } catch (error) {
    if (error instanceof FlowRefused) throw new ConnectError('InvalidRequestException', error.message);
    throw error;
  }
}
