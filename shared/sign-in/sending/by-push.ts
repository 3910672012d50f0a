/**
 * Reaching a person in our app. The request is there from the commit on: an app that is open finds it by itself. The
 * push only wakes it, so one that fails, or that nobody subscribed to, is said, and changes nothing else.
 */
import { isMessage, markMessage, newMessageWrite, type MessageRecord } from '../../delivery/message-record.ts';
import type { PushCarrier, Woken } from '../../delivery/push/push-carrier.ts';
import { pushText } from '../../delivery/words/pushes.ts';
import { makeDigits } from '../../factors/sent-code.ts';
import { second } from '../../platform/clock.ts';
import { costWrite } from '../../spend/month-costs.ts';
import { pushCost } from '../../spend/send-prices.ts';
import { openUserKey } from '../../users/user-keys.ts';
import { fromProfileItem, profileKey } from '../../users/profile.ts';
import { pushLife } from '../../user-state/caps.ts';
import { rowOf } from '../../user-state/methods.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { openPushTarget, pushTargetKey, removePushTargetWrite } from '../app/push-target.ts';
import { messageOf } from './message-of.ts';
import type { Sender, SendSubject } from './sender.ts';

/** Opened with the keys of the stage, which are read anew now and then. */
export type OpenPushCarrier = (keys: SendSubject['deps']['keys']) => PushCarrier;

async function wake(openCarrier: OpenPushCarrier, { deps, about, factorId }: SendSubject, state: UserState): Promise<Woken | 'nobody'> {
  const { userKey } = about.home;
  const [targetItem, profileItem] = await deps.table.read([pushTargetKey(userKey, factorId), profileKey(userKey)]);
  const key = openUserKey(deps.keys, about.organization, state);
  const target = openPushTarget(targetItem, { state, factorId, key });
  if (!target) return 'nobody';
  const text = pushText(profileItem && fromProfileItem(profileItem).locale);
  const woken = await openCarrier(deps.keys).wake(target, { organizationName: about.organization.name, text, lifeSeconds: pushLife / second });
  if (woken === 'gone') await deps.table.transact([removePushTargetWrite(deps.table.name, userKey, factorId)]);
  return woken;
}

/** It can be answered all the same: the person opens the app. */
async function sayNotWoken(subject: SendSubject, send: number): Promise<MessageRecord> {
  const reason = 'not-woken';
  await markMessage(subject.deps.table, subject.partition, send, 'sent', reason);
  return { ...messageOf(subject, 'push', send), reason };
}

export function byPush(openCarrier: OpenPushCarrier): Sender {
  return {
    prepare: (subject) => {
      const { deps, about, partition, record } = subject;
      const digits = makeDigits(deps.random);
      return {
        isUnderWay: false,
        keep: (factor) => (rowOf(factor)?.makes === 'digits' ? { show: digits } : {}),
        cost: () => pushCost,
        also: (next, send) => [
          costWrite(deps.table.name, about.home.organizationKey, pushCost, next.lastAt),
          newMessageWrite(deps.table.name, partition, messageOf(subject, 'push', send), next.lastAt),
        ],
        refused: () => undefined,
        start: async (state, send, isRepeated) => {
          if (isRepeated) return record && isMessage(record) ? record : undefined;
          return (await wake(openCarrier, subject, state)) === 'sent' ? undefined : sayNotWoken(subject, send);
        },
      };
    },
  };
}
