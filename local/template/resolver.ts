/** Resolves a template's references to the values they have on one machine. What it does not know, it refuses. */
import { NO_VALUE, resolveCall, type CallContext } from './intrinsics.ts';
import { identify, nameProperty, type Identity, type Place } from './physical-ids.ts';
import type { Stack, TemplateResource } from './assembly.ts';

export interface Resource {
  readonly stack: Stack;
  readonly logicalId: string;
  /** Ref of the resource. */
  readonly ref: string;
  /** The ARN; Ref for the types that have none. */
  readonly arn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Resolver {
  /** Every resource of a type, in all stacks, with its properties resolved. */
  resources(type: string): Resource[];
  /** Every type in use. */
  types(): ReadonlySet<string>;
}

interface State {
  readonly stacks: readonly Stack[];
  readonly place: Place;
  readonly identities: Map<string, Identity>;
}

/** Answers for all stacks of a stage at once: they refer to each other. */
export function createResolver(stacks: readonly Stack[], place: Place): Resolver {
  const state: State = { stacks, place, identities: new Map() };
  return {
    types: () => new Set(stacks.flatMap((stack) => present(state, stack).map(([, { Type }]) => Type))),
    resources: (type) =>
      stacks.flatMap((stack) =>
        present(state, stack)
          .filter(([, resource]) => resource.Type === type)
          .map(([logicalId, resource]) => describe(state, stack, { logicalId, resource })),
      ),
  };
}

function present(state: State, stack: Stack): [string, TemplateResource][] {
  const context = contextOf(state, stack);
  return Object.entries(stack.template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || resolveCall('Condition', Condition, context) === true,
  );
}

interface Named {
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

function describe(state: State, stack: Stack, { logicalId, resource }: Named): Resource {
  // Some types are never referred to.
  const { ref, attributes } = findIdentity(state, stack, { logicalId, resource }) ?? { ref: logicalId, attributes: {} };
  const properties = resolve(state, stack, resource.Properties ?? {}) as Record<string, unknown>;
  return { stack, logicalId, ref, arn: attributes['Arn'] ?? ref, properties };
}

function identityOf(state: State, stack: Stack, logicalId: string): Identity {
  const resource = stack.template.Resources[logicalId];
  if (resource === undefined) throw new Error(`${stack.name} refers to ${logicalId}, which is not in it.`);
  const identity = findIdentity(state, stack, { logicalId, resource });
  if (identity !== undefined) return identity;
  throw new Error(`${stack.name} refers to ${logicalId} (${resource.Type}), which local/template does not know.`);
}

function findIdentity(state: State, stack: Stack, named: Named): Identity | undefined {
  const key = `${stack.name}/${named.logicalId}`;
  const known = state.identities.get(key);
  if (known !== undefined) return known;
  const identity = identify(named.resource.Type, { ...naming(state, stack, named), place: state.place });
  if (identity !== undefined) state.identities.set(key, identity);
  return identity;
}

/** Only the properties that make identities are resolved: the others may refer back to this very resource. */
function naming(state: State, stack: Stack, { logicalId, resource }: Named) {
  const value = (property: string): unknown => resolve(state, stack, resource.Properties?.[property]);
  const property = nameProperty(resource.Type);
  const given = property === undefined ? undefined : value(property);
  return {
    name: typeof given === 'string' ? given : `${stack.name}-${logicalId}`,
    properties: { FunctionName: value('FunctionName'), Name: value('Name'), AliasName: value('AliasName') },
  };
}

function resolve(state: State, stack: Stack, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(state, stack, item)).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    return resolveCall(only[0], only[1], contextOf(state, stack));
  }
  const resolved = entries.map(([key, item]) => [key, resolve(state, stack, item)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== NO_VALUE));
}

function contextOf(state: State, stack: Stack): CallContext {
  return {
    stack,
    place: state.place,
    exported: (name) => exported(state, name),
    resolve: (value) => resolve(state, stack, value),
    identityOf: (logicalId) => identityOf(state, stack, logicalId),
    outputOf(stackName, outputName) {
      const other = state.stacks.find(({ name }) => name === stackName);
      const output = other?.template.Outputs?.[outputName];
      if (other !== undefined && output !== undefined) return resolve(state, other, output.Value);
      throw new Error(`There is no output ${outputName} of ${stackName}.`);
    },
  };
}

function exported(state: State, name: string): unknown {
  for (const stack of state.stacks) {
    for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
      if (Export !== undefined && resolve(state, stack, Export.Name) === name) return resolve(state, stack, Value);
    }
  }
  throw new Error(`No stack exports ${name}.`);
}
