/** What must agree when somebody is invited, in the one transaction: the profile as it was read, and room in the mailbox for one more. */
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Table, Write } from '../../platform/dynamo/table.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { invitationWrites, type SpendWrites } from '../../spend/send-budget.ts';
import type { About } from '../../sign-in/sign-in-dependencies.ts';
import type { Change } from '../../user-state/commit.ts';
import type { UserState } from '../../user-state/user-state.ts';
import type { Profile } from '../../users/profile.ts';
import { sameProfileWrite } from '../../users/user-store.ts';

interface Invitation {
  readonly about: Pick<About, 'home'>;
  readonly profile: Profile;
  /** What else is written, before all of this. */
  own?(next: UserState): readonly Write[];
  /** When the mailbox has had enough: otherwise it is a problem. */
  full?(): void;
}

/** For `commit`. A decision that invites nobody needs none of it, and nothing of `own`: so one that was decided again once the mailbox was full. */
export function withInvitation({ table, keys }: { readonly table: Table; readonly keys: KeyRing }, { about, profile, own, full }: Invitation): Pick<Required<Change<unknown>>, 'also' | 'refused'> {
  let first = 0;
  let isFull = false;
  let spend: SpendWrites | undefined;
  return {
    also: ({ next }) => {
      if (!next.enrollment || isFull) return [];
      const before = own?.(next) ?? [];
      first = before.length;
      spend = invitationWrites(table.name, keys, profile.email, next.lastAt);
      return [...before, sameProfileWrite(table.name, about.home.userKey, profile), ...spend.writes];
    },
    refused: (position) => {
      if (position < first) throw new Problem('idempotency-conflict');
      // Somebody changed the profile just now: whether its address may still be written to has to be asked anew.
      if (position === first || !spend) throw new Problem('unavailable', { retryAfterSeconds: 1 });
      if (!full) throw spend.refusal(position - first - 1);
      isFull = true;
      full();
    },
  };
}
