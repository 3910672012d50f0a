/**
 * Just enough of DynamoDB to be read and written to. Conditions are not looked at: what is measured against it is what
 * a client costs, and every race is run on a real engine instead.
 */
export type Item = Readonly<Record<string, unknown>>;

type Body = Readonly<Record<string, unknown>>;

interface Key {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
}

interface PutRequest {
  readonly PutRequest: { readonly Item: Item };
}

export interface MemoryTable {
  load(items: readonly Item[]): void;
  /** From here on writes are answered and forgotten: every cold start finds the same table. */
  freeze(): void;
  /** DynamoDB's answer to an operation, or undefined for one that it does not know. */
  answer(operation: string, body: Body): Body | undefined;
}

const nameOf = ({ pk, sk }: Key): string => `${pk.S}\n${sk.S}`;

export function createMemoryTable(): MemoryTable {
  const items = new Map<string, Item>();
  let isFrozen = false;
  const put = (item: Item): void => {
    if (!isFrozen) items.set(nameOf(item as unknown as Key), item);
  };
  const load = (all: readonly Item[]): void => all.forEach(put);

  const operations: Readonly<Record<string, (body: Body) => Body>> = {
    BatchGetItem: ({ RequestItems }) => {
      const requests = Object.entries(RequestItems as Record<string, { Keys: Key[] }>);
      const found = requests.map(([table, { Keys }]) => [table, Keys.flatMap((key) => items.get(nameOf(key)) ?? [])]);
      return { Responses: Object.fromEntries(found) as Body, UnprocessedKeys: {} };
    },
    GetItem: ({ Key }) => ({ Item: items.get(nameOf(Key as Key)) }),
    // By partition only: nothing here asks for more than one item of many.
    Query: ({ ExpressionAttributeValues }) => {
      const values = Object.values(ExpressionAttributeValues as Record<string, { S?: string }>);
      const found = [...items].filter(([name]) => values.some(({ S }) => S !== undefined && name.startsWith(`${S}\n`)));
      return { Items: found.map(([, item]) => item), Count: found.length };
    },
    TransactWriteItems: ({ TransactItems }) => {
      for (const { Put } of TransactItems as { Put?: { Item: Item } }[]) if (Put) put(Put.Item);
      return {};
    },
    BatchWriteItem: ({ RequestItems }) => {
      const writes = Object.values(RequestItems as Record<string, PutRequest[]>).flat();
      load(writes.map(({ PutRequest }) => PutRequest.Item));
      return { UnprocessedItems: {} };
    },
    PutItem: ({ Item }) => {
      put(Item as Item);
      return {};
    },
    UpdateItem: () => ({}),
  };
  const freeze = (): void => {
    isFrozen = true;
  };
  return { load, freeze, answer: (operation, body) => operations[operation]?.(body) };
}
