/** What every action on a user needs to know. */
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import type { UsersPolicy } from './policy-rules.ts';
import type { User } from './user.ts';

export interface ActionsContext {
  readonly console: Console;
  readonly words: UsersWords;
  readonly tagged: { readonly body: User; readonly etag: string | undefined };
  readonly policy: UsersPolicy;
}
