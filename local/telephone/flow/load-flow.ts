/** Loads a contact flow the way an instance would publish it: whole and sound, or not at all. */
import type { z } from 'zod';

import { flowAction, flowEnvelope, type ActionType, type FlowAction } from './flow-language.ts';

/** A contact flow as infra writes it and as CloudFormation carries it. */
export interface ContactFlow {
  Version: string;
  StartAction: string;
  Actions: unknown[];
}

export interface LoadedFlow {
  readonly start: string;
  readonly actions: ReadonlyMap<string, FlowAction>;
}

/** Every reason at once, each with the action it concerns. */
export class FlowRefused extends Error {
  override readonly name = 'FlowRefused';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The contact flow was refused: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

interface Branches {
  readonly next: boolean;
  readonly errors: readonly string[];
  /** What a condition may compare with; absent where the action has none. */
  readonly operand?: RegExp;
}

const oneKey = /^[0-9*#]$/;
const noBranch: Branches = { next: true, errors: [] };
const oneError: Branches = { next: true, errors: ['NoMatchingError'] };
const branches: Readonly<Record<ActionType, Branches>> = {
  UpdateFlowLoggingBehavior: noBranch,
  UpdateContactTextToSpeechVoice: oneError,
  GetParticipantInput: oneError,
  InvokeLambdaFunction: oneError,
  Compare: { next: true, errors: ['NoMatchingCondition'], operand: /^/ },
  MessageParticipant: oneError,
  UpdateContactAttributes: oneError,
  Loop: { next: true, errors: [], operand: /^(?:Continue|Done)Looping$/ },
  DisconnectParticipant: { next: false, errors: [] },
};
const keyBranches: Branches = {
  next: true,
  errors: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'],
  operand: oneKey,
};

function branchesOf(action: FlowAction): Branches {
  const waitsForKey = action.Type === 'GetParticipantInput' && action.Parameters.StoreInput === 'False';
  return waitsForKey ? keyBranches : branches[action.Type];
}

/** Compare and Loop leave by conditions and errors; the language lets them name a NextAction as well. */
function needsNext(action: FlowAction): boolean {
  return branchesOf(action).next && action.Type !== 'Compare' && action.Type !== 'Loop';
}

function targetsOf(action: FlowAction): string[] {
  const { NextAction, Errors = [], Conditions = [] } = action.Transitions;
  const named = [...Errors, ...Conditions].map((branch) => branch.NextAction);
  return NextAction === undefined ? named : [NextAction, ...named];
}

function checkConditions(action: FlowAction, say: (problem: string) => void): void {
  const { operand } = branchesOf(action);
  const conditions = action.Transitions.Conditions ?? [];
  if (!operand && conditions.length > 0) say('has conditions, which its type cannot have');
  for (const { Condition } of operand ? conditions : []) {
    const [value = ''] = Condition.Operands;
    if (action.Type !== 'Compare' && Condition.Operator !== 'Equals') say(`cannot use ${Condition.Operator}`);
    if (!operand?.test(value)) say(`cannot have the condition "${value}"`);
  }
  const loops = new Set(conditions.map(({ Condition }) => Condition.Operands[0]));
  if (action.Type === 'Loop' && loops.size !== 2) say('needs ContinueLooping and DoneLooping');
}

function checkTransitions(action: FlowAction, known: ReadonlyMap<string, FlowAction>, problems: string[]): void {
  const say = (problem: string) => problems.push(`${action.Identifier} (${action.Type}) ${problem}`);
  const errors = (action.Transitions.Errors ?? []).map((error) => error.ErrorType);
  const allowed = branchesOf(action);
  for (const error of allowed.errors) if (!errors.includes(error)) say(`has no branch for ${error}`);
  for (const error of errors) if (!allowed.errors.includes(error)) say(`cannot have a branch for ${error}`);
  if (needsNext(action) && action.Transitions.NextAction === undefined) say('has no NextAction');
  if (!allowed.next && targetsOf(action).length > 0) say('ends the call and can lead nowhere');
  for (const target of targetsOf(action)) if (!known.has(target)) say(`leads to "${target}", which does not exist`);
  checkConditions(action, say);
}

function reachable(start: string, actions: ReadonlyMap<string, FlowAction>): Set<string> {
  const found = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const action = actions.get(name);
    if (!action || found.has(name)) continue;
    found.add(name);
    waiting.push(...targetsOf(action));
  }
  return found;
}

function describe(error: z.ZodError, where: string): string[] {
  return error.issues.map(({ path, message }) => `${[where, ...path.map(String)].join('.')}: ${message}`);
}

function nameOf(action: unknown, index: number): string {
  const { Identifier, Type } = (action ?? {}) as { Identifier?: unknown; Type?: unknown };
  return `${typeof Identifier === 'string' ? Identifier : `action ${index + 1}`} (${String(Type)})`;
}

/** Checks a flow and makes it ready to run; throws {@link FlowRefused} naming everything that is wrong with it. */
export function loadFlow(flow: ContactFlow): LoadedFlow {
  const envelope = flowEnvelope.safeParse(flow);
  if (!envelope.success) throw new FlowRefused(describe(envelope.error, 'flow'));
  const problems: string[] = [];
  const actions = new Map<string, FlowAction>();
  for (const [index, candidate] of envelope.data.Actions.entries()) {
    const action = flowAction.safeParse(candidate);
    if (!action.success) problems.push(...describe(action.error, nameOf(candidate, index)));
    else if (actions.has(action.data.Identifier)) problems.push(`${action.data.Identifier} exists twice`);
    else actions.set(action.data.Identifier, action.data);
  }
  if (problems.length > 0) throw new FlowRefused(problems);

  const start = envelope.data.StartAction;
  if (!actions.has(start)) problems.push(`the flow starts at "${start}", which does not exist`);
  const found = reachable(start, actions);
  for (const action of actions.values()) {
    checkTransitions(action, actions, problems);
    if (!found.has(action.Identifier)) problems.push(`nothing leads to ${action.Identifier}`);
  }
  if (problems.length > 0) throw new FlowRefused(problems);
  return { start, actions };
}
