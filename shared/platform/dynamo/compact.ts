/**
 * Short attribute names for items whose every kilobyte costs a unit per write. A shape pairs each property with its
 * short name; attributes that the shape does not know (written by a newer version) are carried through untouched.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { fromAttribute, toAttribute, type Attributes, type Value } from './attributes.ts';

export type Shape = { readonly [property: string]: string | readonly [string, Shape | readonly [Shape]] };

/** Under this property a decoded object keeps the attributes its shape does not know. */
export const unknownAttributes = Symbol('unknown attributes');

type Decoded = Record<string, unknown> & { [unknownAttributes]?: Attributes };

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
    else attributes[rule[0]] = encodeNested(content, rule[1]);
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
    const named = Object.entries(shape).map(([property, rule]) => [typeof rule === 'string' ? rule : rule[0], property] as const);
    properties = new Map(named);
    propertiesByName.set(shape, properties);
  }
  return properties;
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
    else value[property] = typeof rule === 'string' ? fromAttribute(attribute) : decodeNested(attribute, rule[1]);
  }
  if (unknown) value[unknownAttributes] = unknown;
  return value;
}
