/**
 * The two call flows, from one description: asked up to three times, told the outcome, hung up. Texts come as contact
 * attributes (p_…); nothing secret does, since Amazon Connect keeps those for two years.
 */
import { checkedFlow } from './check-flow.ts';
import {
  askEntry,
  askKey,
  compareOutcome,
  disableLog,
  disconnect,
  invoke,
  say,
  setVoice,
  type Action,
  type Flow,
} from './flow-language.ts';

/** `key`: press #. `entry`: a PIN, or the number on the screen, then #. */
export type CallFlowKind = 'key' | 'entry';

export interface CallFlowProps {
  readonly kind: CallFlowKind;
  readonly functionArn: string;
  readonly voice: { readonly name: string; readonly engine: string };
}

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
      askKey(`ask${ask}`, 'p_ask', { '#': `check${ask}`, '9': 'report', '0': 'report' }, afterAsk(ask)),
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

/** One flow, checked. The same for every call of its kind: languages and texts are the caller's attributes. */
export function callFlow({ kind, functionArn, voice }: CallFlowProps): Flow {
  return checkedFlow({
    Version: '2019-10-30',
    StartAction: 'quiet',
    Metadata: { entryPointPosition: { x: 0, y: 0 }, ActionMetadata: {} },
    Actions: [
      disableLog('quiet', 'voice'),
      setVoice('voice', voice, 'ask1'),
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
