/** CloudFormation's functions, those that the templates use. */
import type { Stack } from './assembly.ts';
import type { Identity, Place } from './physical-ids.ts';

/** CloudFormation drops a property whose value is this. */
export const NO_VALUE = Symbol('AWS::NoValue');

export interface CallContext {
  readonly stack: Stack;
  readonly place: Place;
  resolve(value: unknown): unknown;
  identityOf(logicalId: string): Identity;
  exported(name: string): unknown;
  /** The value of another stack's output. */
  outputOf(stackName: string, outputName: string): unknown;
}

type Call = (argument: unknown, context: CallContext) => unknown;

const calls: Readonly<Record<string, Call>> = {
  Ref: (argument, context) => reference(text(argument), context),
  'Fn::GetAtt': (argument, context) => {
    const parts = typeof argument === 'string' ? splitOnce(argument) : (argument as unknown[]);
    return attribute(text(parts[0]), text(context.resolve(parts[1])), context);
  },
  'Fn::Join': (argument, context) => {
    const [separator, parts] = argument as [string, unknown];
    return (context.resolve(parts) as unknown[]).map(text).join(separator);
  },
  'Fn::Sub': (argument, context) => {
    const parts = Array.isArray(argument) ? argument : [argument, {}];
    const [template, names] = parts as [string, Record<string, unknown>];
    return template.replaceAll(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal !== '') return whole.replace('!', '');
      if (name in names) return text(context.resolve(names[name]));
      if (!name.includes('.')) return text(reference(name, context));
      const [logicalId, property] = splitOnce(name);
      return attribute(logicalId, property, context);
    });
  },
  'Fn::ImportValue': (argument, context) => context.exported(text(context.resolve(argument))),
  'Fn::GetStackOutput': (argument, context) => {
    const { StackName, OutputName } = context.resolve(argument) as { StackName: string; OutputName: string };
    return context.outputOf(StackName, OutputName);
  },
  'Fn::Select': (argument, context) => {
    const [index, list] = context.resolve(argument) as [number | string, unknown[]];
    if (list[Number(index)] === undefined) throw new Error(`Fn::Select finds nothing at ${String(index)}.`);
    return list[Number(index)];
  },
  'Fn::Split': (argument, context) => {
    const [separator, value] = context.resolve(argument) as [string, string];
    return value.split(separator);
  },
  'Fn::If': (argument, context) => {
    const [name, yes, no] = argument as [string, unknown, unknown];
    return context.resolve(condition(name, context) ? yes : no);
  },
  'Fn::Equals': (argument, context) => {
    const [one, other] = context.resolve(argument) as [unknown, unknown];
    return text(one) === text(other);
  },
  'Fn::And': (argument, context) => (argument as unknown[]).every((part) => holds(part, context)),
  'Fn::Or': (argument, context) => (argument as unknown[]).some((part) => holds(part, context)),
  'Fn::Not': (argument, context) => !holds((argument as unknown[])[0], context),
  Condition: (argument, context) => condition(text(argument), context),
};

/** One call of a function. An unknown one stops the start: a wrong value would be found much later. */
export function resolveCall(name: string, argument: unknown, context: CallContext): unknown {
  const call = calls[name];
  if (call === undefined) throw new Error(`${context.stack.name} uses ${name}, which local/template does not know.`);
  return call(argument, context);
}

function holds(part: unknown, context: CallContext): boolean {
  const named = (part as { Condition?: string }).Condition;
  return named === undefined ? context.resolve(part) === true : condition(named, context);
}

function condition(name: string, context: CallContext): boolean {
  const expression = context.stack.template.Conditions?.[name];
  if (expression === undefined) throw new Error(`${context.stack.name} has no condition ${name}.`);
  return holds(expression, context);
}

function reference(name: string, context: CallContext): unknown {
  const { region, account } = context.place;
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': account,
    'AWS::NoValue': NO_VALUE,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${context.stack.name}/local`,
    'AWS::StackName': context.stack.name,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  if (name in pseudo) return pseudo[name];
  const parameter = context.stack.template.Parameters?.[name];
  if (parameter === undefined) return context.identityOf(name).ref;
  if (parameter.Default !== undefined) return parameter.Default;
  throw new Error(`${context.stack.name} needs a value for the parameter ${name}.`);
}

function attribute(logicalId: string, name: string, context: CallContext): string {
  const value = context.identityOf(logicalId).attributes[name];
  if (value === undefined) {
    throw new Error(`${context.stack.name} asks for ${logicalId}.${name}, which local/template does not know.`);
  }
  return value;
}

function splitOnce(name: string): [string, string] {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}

function text(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`Expected text, found ${JSON.stringify(value)}.`);
}
