/**
 * A handler whose answer is remembered under the caller's Idempotency-Key. The row comes with the request's one read;
 * `remember` gives the write that must go into the operation's own transaction.
 */
import type * as z from 'zod/mini';
import { idempotencyItemKey, recallAnswer, rememberWrite } from '../../../shared/clients/idempotency.ts';
import type { ItemKey, Write } from '../../../shared/platform/dynamo/table.ts';
import { handler, type Answer, type ApiCall, type Handler } from './api-door.ts';
import type { Dependencies } from '../../start/dependencies.ts';

/** Nothing to write when the caller sent no key. */
export type Remember = (answer: Answer) => readonly Write[];

export interface IdempotentHandler<Schema extends z.ZodMiniType> extends Omit<Handler<Schema>, 'handle'> {
  handle(deps: Dependencies, call: ApiCall<z.infer<Schema>>, remember: Remember): Promise<Answer>;
  /** What was remembered, made whole again from what is so now: a secret that is shown once is not kept in the row. */
  revive?(deps: Dependencies, call: ApiCall<z.infer<Schema>>, answer: Answer): Promise<Answer>;
}

/** Whatever went wrong (a twin was first, a reply was lost), the row says whether it was done, and what was answered. */
async function answerOnce(
  deps: Dependencies,
  itemKey: ItemKey,
  call: ApiCall<unknown>,
  work: () => Promise<Answer>,
  revive: (answer: Answer) => Promise<Answer>,
): Promise<Answer> {
  const recall = (item: Parameters<typeof recallAnswer>[2]) =>
    recallAnswer(deps.keys, itemKey, item, call.mark, deps.clock.now());
  const before = recall(call.admitted.also.at(-1));
  if (before) return revive(before);
  try {
    return await work();
  } catch (error) {
    const [item] = await deps.table.read([itemKey]);
    const twin = recall(item);
    if (twin) return revive(twin);
    throw error;
  }
}

/** Our row is the last of what is read beside the rest. */
export function idempotent<Schema extends z.ZodMiniType>(description: IdempotentHandler<Schema>): Handler {
  return handler<Schema>({
    ...description,
    also: (deps, parts, key, clientId) => {
      const own = description.also?.(deps, parts, key, clientId) ?? [];
      return key === undefined || clientId === undefined ? own : [...own, idempotencyItemKey(deps.keys, clientId, key)];
    },
    handle: (deps, call) => {
      const { idempotencyKey, admitted } = call;
      if (idempotencyKey === undefined) return description.handle(deps, call, () => []);
      const itemKey = idempotencyItemKey(deps.keys, admitted.client.clientId, idempotencyKey);
      const remember: Remember = (answer) => [rememberWrite(deps, itemKey, call.mark, answer, deps.clock.now())];
      const ownCall = { ...call, admitted: { ...admitted, also: admitted.also.slice(0, -1) } };
      const revive = (answer: Answer): Promise<Answer> => description.revive?.(deps, ownCall, answer) ?? Promise.resolve(answer);
      return answerOnce(deps, itemKey, call, () => description.handle(deps, ownCall, remember), revive);
    },
  });
}
