/** Whom a page's request writes to: with their profile, for the language, and with the pages' own host, where a code is typed. */
import type { CookiePlace } from '../../../shared/pages/page-session.ts';
import type { Attributes } from '../../../shared/platform/dynamo/attributes.ts';
import { readEnvironment } from '../../../shared/platform/config/environment.ts';
import type { ItemKey } from '../../../shared/platform/dynamo/table.ts';
import type { About } from '../../../shared/sign-in/sign-in-dependencies.ts';
import { fromProfileItem, profileKey } from '../../../shared/users/profile.ts';

export const profileOf = ({ userKey }: Pick<CookiePlace, 'userKey'>): ItemKey => profileKey(userKey);

export function writtenTo(about: About, profile: Attributes | undefined): About {
  const host = new URL(readEnvironment(['COUNTERSIGN_PAGES']).COUNTERSIGN_PAGES).hostname;
  return { ...about, host, ...(profile ? { profile: fromProfileItem(profile) } : {}) };
}
