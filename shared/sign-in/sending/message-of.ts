/** The record of a text, a mail or a push: of whom, of which send, and by what. */
import type { MessageRecord } from '../../delivery/message-record.ts';
import type { SendSubject } from './sender.ts';

export const messageOf = ({ about, challengeName, factorId }: SendSubject, carrier: MessageRecord['carrier'], send: number) =>
  ({ carrier, challengeId: challengeName, ...about.home, factorId, send, state: 'sent', done: true }) as const satisfies MessageRecord;
