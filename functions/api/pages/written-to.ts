/** Whom a page's request writes to: with their profile, for the language and the address. */
import type { CookiePlace } from '../../../shared/pages/page-session.ts';
import type { Attributes } from '../../../shared/platform/dynamo/attributes.ts';
import type { ItemKey } from '../../../shared/platform/dynamo/table.ts';
import type { About } from '../../../shared/sign-in/sign-in-dependencies.ts';
import { fromProfileItem, profileKey } from '../../../shared/users/profile.ts';

export const profileOf = ({ userKey }: CookiePlace): ItemKey => profileKey(userKey);

export function writtenTo(about: About, profile: Attributes | undefined): About {
  return { ...about, ...(profile ? { profile: fromProfileItem(profile) } : {}) };
}
