/** Reads a list to its end, page by page, as exports need it. */
export interface CursorPage {
  readonly cursor?: string;
}

/** `take` gets each page as it comes; the reading stops, without an error, when `goesOn` says no. */
export async function everyPage<Page extends CursorPage>(read: (cursor: string | undefined) => Promise<Page>, take: (page: Page) => void, goesOn: () => boolean = () => true): Promise<boolean> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    take(page);
    ({ cursor } = page);
  } while (cursor !== undefined && goesOn());
  return cursor === undefined;
}

/** A path with those of the parameters that are given. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((each): each is [string, string] => each[1] !== undefined && each[1] !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
