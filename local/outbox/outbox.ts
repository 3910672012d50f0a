/** Where texts, mails and pushes end up on one machine: the carriers' side takes them, the phone page shows them. */
import { randomUUID } from 'node:crypto';

import { checkSubmission, OutboxError, outage, type Channel, type Submission } from './submission.ts';

export { OutboxError, channels, type Channel, type Submission } from './submission.ts';

/** The form of `GET /api/messages`. */
export interface Message extends Submission {
  messageId: string;
  sentAt: string;
}

export interface ChannelFaults {
  /** The carrier answers with an error for so long; 0 ends it. */
  outageSeconds?: number;
  /** Accepted and then not delivered: true for everybody, an address or number for one, false for nobody. */
  bounce?: boolean | string;
  /** Delivered, and then complained of, as spam: true for everybody, an address for one, false for nobody. */
  complaint?: boolean | string;
  /** Delivered so late; 0 ends it. */
  delaySeconds?: number;
  /** Delivered twice. */
  duplicate?: boolean;
}

export interface Reply {
  replyId: string;
  messageId: string;
  channel: Channel;
  from: string;
  to: string;
  text: string;
}

/** What carriers tell us afterwards. */
export type OutboxEvent =
  | { kind: 'replied'; reply: Reply }
  | { kind: 'bounced' | 'complained'; messageId: string; channel: Channel; to: string; afterSeconds: number };

export interface Outbox {
  /**
   * Takes a message and gives its id, or throws {@link OutboxError} in the words of the carrier. One that would arrive
   * after its life in seconds never does.
   */
  accept(submission: Submission, lifeSeconds?: number): string;
  /** Whether messages of a channel are being delivered twice. */
  isDuplicating(channel: Channel): boolean;
  /** Delivered messages, oldest first. */
  list(to?: string): Message[];
  setFault(channel: Channel, faults: ChannelFaults): void;
  /** The person answers a message; undefined when there is none of that id. */
  reply(messageId: string, answer: { text: string; from?: string; to?: string }): Reply | undefined;
  /** Replies, bounces and complaints; gives back how to stop listening. */
  listen(listener: (event: OutboxEvent) => void): () => void;
}

interface ChannelState {
  outageUntil: number;
  bounce: boolean | string;
  complaint: boolean | string;
  delaySeconds: number;
  duplicate: boolean;
}

interface Box {
  readonly now: () => number;
  readonly messages: (Message & { arrivesAt: number })[];
  readonly faults: Map<Channel, ChannelState>;
  readonly listeners: Set<(event: OutboxEvent) => void>;
}

const maximumMessagesKept = 1000;

function stateOf({ faults }: Box, channel: Channel): ChannelState {
  const state = faults.get(channel) ?? { outageUntil: 0, bounce: false, complaint: false, delaySeconds: 0, duplicate: false };
  faults.set(channel, state);
  return state;
}

function tell({ listeners }: Box, event: OutboxEvent): void {
  for (const listener of [...listeners]) listener(event);
}

function accept(box: Box, submission: Submission, lifeSeconds = Infinity): string {
  const now = box.now();
  const state = stateOf(box, submission.channel);
  if (now < state.outageUntil) throw outage(submission.channel);
  checkSubmission(submission);
  const messageId = randomUUID();
  const { channel, to } = submission;
  // A carrier accepts first and finds out later, so the sender must not hear of it before it has its id.
  const tellLater = (kind: 'bounced' | 'complained'): void => {
    setImmediate(() => tell(box, { kind, messageId, channel, to, afterSeconds: state.delaySeconds }));
  };
  if (state.bounce === true || state.bounce === to) {
    tellLater('bounced');
    return messageId;
  }
  if (state.complaint === true || state.complaint === to) tellLater('complained');
  if (state.delaySeconds > lifeSeconds) return messageId;
  const delivery = { ...submission, sentAt: new Date(now).toISOString(), arrivesAt: now + state.delaySeconds * 1000 };
  box.messages.push({ ...delivery, messageId });
  if (state.duplicate) box.messages.push({ ...delivery, messageId: randomUUID() });
  box.messages.splice(0, Math.max(0, box.messages.length - maximumMessagesKept));
  return messageId;
}

function list({ messages, now }: Box, to?: string): Message[] {
  return messages
    .filter((message) => message.arrivesAt <= now())
    .filter((message) => to === undefined || message.to.toLowerCase() === to.toLowerCase())
    .map(({ arrivesAt: _arrivesAt, ...message }) => message);
}

function reply(box: Box, messageId: string, answer: { text: string; from?: string; to?: string }): Reply | undefined {
  const message = list(box).find((candidate) => candidate.messageId === messageId);
  if (!message) return undefined;
  const { channel, from, to } = message;
  if (channel === 'push') throw new OutboxError('ReplyNotPossible', 'A push message cannot be replied to.', 409);
  const sent = { replyId: randomUUID(), messageId, channel, from: answer.from ?? to, to: answer.to ?? from };
  tell(box, { kind: 'replied', reply: { ...sent, text: answer.text } });
  return { ...sent, text: answer.text };
}

function setFault(box: Box, channel: Channel, faults: ChannelFaults): void {
  const state = stateOf(box, channel);
  if (faults.outageSeconds !== undefined) state.outageUntil = box.now() + faults.outageSeconds * 1000;
  if (faults.bounce !== undefined) state.bounce = faults.bounce;
  if (faults.complaint !== undefined) state.complaint = faults.complaint;
  if (faults.delaySeconds !== undefined) state.delaySeconds = faults.delaySeconds;
  if (faults.duplicate !== undefined) state.duplicate = faults.duplicate;
}

/** Makes an outbox that keeps its messages in memory. */
export function createOutbox(deps: { now(): number }): Outbox {
  const box: Box = { now: () => deps.now(), messages: [], faults: new Map(), listeners: new Set() };
  return {
    accept: (submission, lifeSeconds) => accept(box, submission, lifeSeconds),
    isDuplicating: (channel) => stateOf(box, channel).duplicate,
    list: (to) => list(box, to),
    setFault: (channel, faults) => setFault(box, channel, faults),
    reply: (messageId, answer) => reply(box, messageId, answer),
    listen(listener) {
      box.listeners.add(listener);
      return () => void box.listeners.delete(listener);
    },
  };
}
