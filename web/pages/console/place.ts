/** Where one is in the console: an organization, a section and a place in it, in the fragment, so that back, reload and bookmarks work. */
export interface ConsolePlace {
  readonly organizationId?: string;
  readonly section?: string;
  /** Within the section. */
  readonly rest: readonly string[];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export function readPlace(hash: string): ConsolePlace {
  const [organizationId, section, ...rest] = hash.replace(/^#\/?/, '').split('/').map(decoded).filter((part) => part !== '');
  return { ...(organizationId === undefined ? {} : { organizationId }), ...(section === undefined ? {} : { section }), rest };
}

export const addressOf = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`;
