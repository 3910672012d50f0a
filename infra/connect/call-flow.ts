/**
 * The two call flows, from one description: asked up to three times, told the outcome, hung up. Texts come as contact
 * attributes (p_…); nothing secret does, since Amazon Connect keeps those for two years.
 */
import { checkedFlow } from './check-flow.ts';
import {
  askEntry,
  askKey,
  compareLanguage,
  compareOutcome,
  disableLog,
  disconnect,
  invoke,
  say,
  setVoice,
  type Action,
  type Flow,
  type Voice,
} from './flow-language.ts';

/** `key`: press #. `entry`: a PIN, or the number on the screen, then #. */
export type CallFlowKind = 'key' | 'entry';

export interface CallFlowProps {
  readonly kind: CallFlowKind;
  readonly functionArn: string;
  readonly voices: Voices;
}

/** English for every language that has no voice of its own. */
export type Voices = { readonly en: Voice } & Readonly<Record<string, Voice>>;

const asks = [1, 2, 3] as const;
type Ask = (typeof asks)[number];

/** Where a call goes when this ask brought nothing. */
const afterAsk = (ask: Ask): string => (ask === asks.length ? 'sayGoodbye' : `ask${ask + 1}`);

const ofThisLeg = { challengeId: '$.Attributes.challengeId', leg: '$.Attributes.leg' };

/**
 * The outcome of a try. `try` is written into each invocation because Connect repeats a failed one: contact and try
 * together tell a repetition from a second attempt.
 */
function judge(ask: Ask, functionArn: string, said: Readonly<Record<string, string>>): Action[] {
  const outcomes = { approved: 'sayApproved', again: afterAsk(ask), locked: 'sayLocked', fraud: 'sayFraud' };
  return [
    invoke(`check${ask}`, functionArn, { ...said, try: String(ask), ...ofThisLeg }, `outcome${ask}`, 'sayDenied'),
    compareOutcome(`outcome${ask}`, outcomes, 'sayDenied'),
  ];
}

function keyActions(functionArn: string): Action[] {
  const report = { event: 'key', key: '9', try: String(asks.length + 1), ...ofThisLeg };
  return [
    // 0 as well: older services taught people "0#" for fraud.
    ...asks.flatMap((ask) => [
      // Star is named in the prompt; every other key, and silence, have the prompt repeated as well.
      askKey(`ask${ask}`, 'p_ask', { '#': `check${ask}`, '9': 'report', '0': 'report', '*': afterAsk(ask) }, afterAsk(ask)),
      ...judge(ask, functionArn, { event: 'key', key: '#' }),
    ]),
    invoke('report', functionArn, report, 'reported', 'sayDenied'),
    compareOutcome('reported', { fraud: 'sayFraud', locked: 'sayLocked' }, 'sayDenied'),
  ];
}

function entryActions(functionArn: string): Action[] {
  return asks.flatMap((ask) => [
    askEntry(`ask${ask}`, ask === 1 ? 'p_ask' : 'p_again', `check${ask}`, afterAsk(ask)),
    ...judge(ask, functionArn, { event: 'entry', entry: '$.StoredCustomerInput' }),
  ]);
}

/**
 * One branch for each language. A voice may be named by an attribute as well, but an older page of the documentation
 * forbids it and an unknown voice silences the whole call: written down here, a misspelt one is found at synthesis.
 */
function voiceActions(voices: Voices, next: string): Action[] {
  const idOf = (language: string): string => `voice-${language}`;
  const own = Object.keys(voices).filter((language) => language !== 'en');
  return [
    compareLanguage('language', Object.fromEntries(own.map((language) => [language, idOf(language)])), idOf('en')),
    ...Object.entries(voices).map(([language, voice]) => setVoice(idOf(language), voice, next)),
  ];
}

/** One flow, checked. The same for every call of its kind: languages and texts are the caller's attributes. */
export function callFlow({ kind, functionArn, voices }: CallFlowProps): Flow {
  return checkedFlow({
    Version: '2019-10-30',
    StartAction: 'quiet',
    Metadata: { entryPointPosition: { x: 0, y: 0 }, ActionMetadata: {} },
    Actions: [
      disableLog('quiet', 'language'),
      ...voiceActions(voices, 'ask1'),
      ...(kind === 'key' ? keyActions(functionArn) : entryActions(functionArn)),
      say('sayApproved', 'p_approved', 'hangUp'),
      say('sayDenied', 'p_denied', 'hangUp'),
      say('sayLocked', 'p_locked', 'hangUp'),
      say('sayFraud', 'p_fraud', 'hangUp'),
      say('sayGoodbye', 'p_goodbye', 'hangUp'),
      disconnect('hangUp'),
    ],
  });
}
