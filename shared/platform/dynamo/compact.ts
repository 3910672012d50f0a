/**
 * Short attribute names for items whose every kilobyte costs a unit per write. A shape pairs each property with its
 * short name; attributes that the shape does not know (written by a newer version) are carried through untouched.
 * Words of a closed list are written as letters; one that is not on the list is written out and read as it stands.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { fromAttribute, toAttribute, type Attributes, type Value } from './attributes.ts';

/** A property whose value is one word of a list, or several. */
export interface Coded {
  readonly name: string;
  readonly codes: Readonly<Record<string, string>>;
}

type Rule = string | Coded | readonly [string, Shape | readonly [Shape]];

export type Shape = { readonly [property: string]: Rule };

/** Under this property a decoded object keeps the attributes its shape does not know. */
export const unknownAttributes = Symbol('unknown attributes');

type Decoded = Record<string, unknown> & { [unknownAttributes]?: Attributes };

const isNested = (rule: Rule): rule is readonly [string, Shape | readonly [Shape]] => Array.isArray(rule);

const nameOf = (rule: Rule): string => (typeof rule === 'string' ? rule : isNested(rule) ? rule[0] : rule.name);

const translate = (value: Value, words: Readonly<Record<string, string>>): Value => {
  if (Array.isArray(value)) return value.map((each: Value) => translate(each, words));
  return typeof value === 'string' && Object.hasOwn(words, value) ? (words[value] ?? value) : value;
};

const wordsByCodes = new WeakMap<Coded['codes'], Record<string, string>>();

function wordsOf(codes: Coded['codes']): Record<string, string> {
  let words = wordsByCodes.get(codes);
  if (!words) {
    words = Object.fromEntries(Object.entries(codes).map(([word, code]) => [code, word]));
    wordsByCodes.set(codes, words);
  }
  return words;
}

const isList = (shape: Shape | readonly [Shape]): shape is readonly [Shape] => Array.isArray(shape);

function encodeNested(value: unknown, shape: Shape | readonly [Shape]): AttributeValue {
  if (isList(shape)) return { L: (value as object[]).map((each) => ({ M: encode(each, shape[0]) })) };
  return { M: encode(value as object, shape) };
}

export function encode(value: object, shape: Shape): Attributes {
  const attributes: Attributes = { ...(value as Decoded)[unknownAttributes] };
  for (const [property, content] of Object.entries(value)) {
    const rule = shape[property];
    if (rule === undefined) throw new Error(`no short name for ${property}`);
    if (content === undefined || (Array.isArray(content) && content.length === 0)) continue;
    if (typeof rule === 'string') attributes[rule] = toAttribute(content as Value);
    else if (isNested(rule)) attributes[rule[0]] = encodeNested(content, rule[1]);
    else attributes[rule.name] = toAttribute(translate(content as Value, rule.codes));
  }
  return attributes;
}

function decodeNested(attribute: AttributeValue, shape: Shape | readonly [Shape]): unknown {
  if (isList(shape)) return (attribute.L ?? []).map((each) => decode(each.M ?? {}, shape[0]));
  return decode(attribute.M ?? {}, shape);
}

const propertiesByName = new WeakMap<Shape, Map<string, string>>();

function propertiesOf(shape: Shape): Map<string, string> {
  let properties = propertiesByName.get(shape);
  if (!properties) {
    const named = Object.entries(shape).map(([property, rule]) => [nameOf(rule), property] as const);
    properties = new Map(named);
    propertiesByName.set(shape, properties);
  }
  return properties;
}

function decodeBy(rule: Rule, attribute: AttributeValue): unknown {
  if (typeof rule === 'string') return fromAttribute(attribute);
  return isNested(rule) ? decodeNested(attribute, rule[1]) : translate(fromAttribute(attribute), wordsOf(rule.codes));
}

/** Lists that are absent stay absent: the caller fills them in. */
export function decode(attributes: Attributes, shape: Shape): Record<string, unknown> {
  const properties = propertiesOf(shape);
  const value: Decoded = {};
  let unknown: Attributes | undefined;
  for (const [name, attribute] of Object.entries(attributes)) {
    const property = properties.get(name);
    const rule = property === undefined ? undefined : shape[property];
    if (property === undefined || rule === undefined) (unknown ??= {})[name] = attribute;
    else value[property] = decodeBy(rule, attribute);
  }
  if (unknown) value[unknownAttributes] = unknown;
  return value;
}
