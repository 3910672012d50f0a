/** Checks a flow's graph at synthesis, where a mistake costs a minute and not a telephone call. */
import type { Action, Flow } from './flow-language.ts';

const identifier = /^[^%:(\\/)=$,;[\]{}]{1,50}$/;

/** Every action that this one can lead to, each once. */
export function targetsOf({ Transitions: { NextAction, Errors = [], Conditions = [] } }: Action): string[] {
  const targets = [NextAction, ...Errors.map((each) => each.NextAction), ...Conditions.map((each) => each.NextAction)];
  return [...new Set(targets.filter((target) => target !== undefined))];
}

function nameProblems({ Actions }: Flow): string[] {
  const names = Actions.map((action) => action.Identifier);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...twice.map((name) => `${name} exists twice`),
    ...names.filter((name) => !identifier.test(name)).map((name) => `${name} is no identifier`),
  ];
}

function endProblems(action: Action): string[] {
  const ends = targetsOf(action).length === 0;
  if (ends === (action.Type === 'DisconnectParticipant')) return [];
  return [`${action.Identifier} ${ends ? 'leads nowhere and does not hang up' : 'hangs up and leads on'}`];
}

/** Walks from the start: names what it meets, and reports a way that leads back into itself. */
function walk(flow: Flow, actions: ReadonlyMap<string, Action>): { reached: Set<string>; problems: string[] } {
  const reached = new Set<string>();
  const problems: string[] = [];
  const visit = (name: string, way: readonly string[]): void => {
    if (way.includes(name)) {
      problems.push(`${name} can be met twice in one call`);
      return;
    }
    const action = actions.get(name);
    if (!action || reached.has(name)) return;
    for (const target of targetsOf(action)) visit(target, [...way, name]);
    reached.add(name);
  };
  visit(flow.StartAction, []);
  return { reached, problems };
}

/** All that is wrong: names, targets, actions that nothing reaches, calls that could go on for ever. */
export function flowProblems(flow: Flow): string[] {
  const actions = new Map(flow.Actions.map((action) => [action.Identifier, action]));
  const lost = flow.Actions.flatMap((action) =>
    targetsOf(action)
      .filter((target) => !actions.has(target))
      .map((target) => `${action.Identifier} leads to ${target}, which does not exist`),
  );
  const { reached, problems } = walk(flow, actions);
  const unreached = [...actions.keys()].filter((name) => !reached.has(name)).map((name) => `nothing leads to ${name}`);
  const start = actions.has(flow.StartAction) ? [] : [`it starts at ${flow.StartAction}, which does not exist`];
  return [...nameProblems(flow), ...start, ...lost, ...flow.Actions.flatMap(endProblems), ...problems, ...unreached];
}

/** Returns the flow if it is sound. */
export function checkedFlow(flow: Flow): Flow {
  const problems = flowProblems(flow);
  if (problems.length > 0) throw new Error(`The call flow is not sound: ${problems.join('; ')}`);
  return flow;
}
