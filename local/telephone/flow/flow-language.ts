/** The Flow language (2019-10-30), as much of it as the stand-in speaks. Whatever is not described here is refused. */
import { z } from 'zod';

import { hasOnlyKnownReferences, isReference } from './references.ts';
import { voiceLanguages, type Voice } from './voices.ts';

const digits = (least: number, most: number) =>
  z.string().refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
    error: `must be a whole number from ${least} to ${most}, as a string`,
  });
const dynamic = z.string().refine(hasOnlyKnownReferences, { error: 'holds a reference the stand-in does not know' });
/** Static text, or one reference that is the whole value. */
const value = z.string().refine((text) => isReference(text) || !text.includes('$.'), {
  error: 'must be static or one known reference',
});
const reference = z.string().refine(isReference, { error: 'must be one known reference' });
const flag = z.enum(['True', 'False']);
const voice = z.enum(Object.keys(voiceLanguages) as [Voice, ...Voice[]]);

const prompt = { Text: dynamic.optional(), SSML: dynamic.optional() };
const hasOnePrompt = (parameters: { Text?: string | undefined; SSML?: string | undefined }) =>
  (parameters.Text === undefined) !== (parameters.SSML === undefined);
const onePrompt = { error: 'must have exactly one of Text and SSML' };

const storesNothing = z
  .strictObject({ ...prompt, StoreInput: z.literal('False'), InputTimeLimitSeconds: digits(1, 180) })
  .refine(hasOnePrompt, onePrompt);
const storesEntry = z
  .strictObject({
    ...prompt,
    StoreInput: z.literal('True'),
    InputTimeLimitSeconds: digits(1, 180),
    InputValidation: z.strictObject({ CustomValidation: z.strictObject({ MaximumLength: digits(1, 20) }) }),
    DTMFConfiguration: z
      .strictObject({
        InputTerminationSequence: z.string().regex(/^[0-9*#]{1,5}$/).optional(),
        DisableCancelKey: flag.optional(),
        InterdigitTimeLimitSeconds: digits(1, 20).optional(),
      })
      .optional(),
  })
  .refine(hasOnePrompt, onePrompt);

const parameters = {
  UpdateFlowLoggingBehavior: z.strictObject({ FlowLoggingBehavior: z.enum(['Enabled', 'Disabled']) }),
  UpdateContactTextToSpeechVoice: z.strictObject({
    TextToSpeechVoice: voice,
    TextToSpeechEngine: z.enum(['Standard', 'Neural', 'Generative']).optional(),
  }),
  GetParticipantInput: z.discriminatedUnion('StoreInput', [storesNothing, storesEntry]),
  InvokeLambdaFunction: z.strictObject({
    LambdaFunctionARN: z.string().regex(/^arn:[\w-]+:lambda:/, { error: 'must be a function ARN' }),
    InvocationTimeLimitSeconds: digits(1, 8),
    InvocationType: z.literal('SYNCHRONOUS').optional(),
    LambdaInvocationAttributes: z.record(z.string(), value).optional(),
    ResponseValidation: z.strictObject({ ResponseType: z.literal('STRING_MAP') }).optional(),
  }),
  Compare: z.strictObject({ ComparisonValue: reference }),
  MessageParticipant: z.strictObject(prompt).refine(hasOnePrompt, onePrompt),
  UpdateContactAttributes: z.strictObject({
    Attributes: z.record(z.string().regex(/^[A-Za-z0-9_-]+$/), value),
    TargetContact: z.literal('Current').optional(),
  }),
  Loop: z.strictObject({ LoopCount: digits(0, 100) }),
  DisconnectParticipant: z.strictObject({}),
};
export type ActionType = keyof typeof parameters;

const operators = [
  'Equals',
  'TextStartsWith',
  'TextEndsWith',
  'TextContains',
  'NumberGreaterThan',
  'NumberGreaterOrEqualTo',
  'NumberLessThan',
  'NumberLessOrEqualTo',
] as const;
const condition = z.strictObject({
  NextAction: z.string(),
  Condition: z.strictObject({ Operator: z.enum(operators), Operands: z.array(z.string()).length(1) }),
});
const transitions = z.strictObject({
  NextAction: z.string().optional(),
  Errors: z.array(z.strictObject({ ErrorType: z.string(), NextAction: z.string() })).optional(),
  Conditions: z.array(condition).optional(),
});
export type FlowTransitions = z.infer<typeof transitions>;
export type FlowCondition = z.infer<typeof condition>;

const identifier = z
  .string()
  .max(50)
  .regex(/^[^%:(\\/)=$,;[\]{}]+$/, { error: 'holds a character that is not allowed' });

function action<T extends ActionType>(type: T) {
  return z.strictObject({
    Identifier: identifier,
    Type: z.literal(type),
    Parameters: parameters[type],
    Transitions: transitions,
  });
}

export const flowAction = z.discriminatedUnion('Type', [
  action('UpdateFlowLoggingBehavior'),
  action('UpdateContactTextToSpeechVoice'),
  action('GetParticipantInput'),
  action('InvokeLambdaFunction'),
  action('Compare'),
  action('MessageParticipant'),
  action('UpdateContactAttributes'),
  action('Loop'),
  action('DisconnectParticipant'),
]);
export type FlowAction = z.infer<typeof flowAction>;
export type ActionOf<T extends ActionType> = Extract<FlowAction, { Type: T }>;
export type StoredEntryParameters = z.infer<typeof storesEntry>;
export type KeyParameters = z.infer<typeof storesNothing>;

export const flowEnvelope = z.strictObject({
  Version: z.literal('2019-10-30'),
  StartAction: z.string(),
  Metadata: z.unknown().optional(),
  Actions: z.array(z.unknown()).min(1).max(250),
});
