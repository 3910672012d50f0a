/** Asks the service, from the pages' own address and with this tab's session. What it refuses is a Refusal, by the problem's name. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The last part of the problem's type; `offline` when nothing was answered. */
  readonly problem: string;
  readonly retryAfterSeconds: number;
  /** Which fields of the request, as JSON pointers; empty when it is about none. */
  readonly fields: readonly string[];

  constructor(problem: string, retryAfterSeconds = 0, fields: readonly string[] = []) {
    super(problem);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
    this.fields = fields;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface AskOptions {
  /** The challenge by which the person confirmed this (D23). */
  readonly proof?: string | undefined;
  /** Asked again by the same key, it is done once. */
  readonly idempotencyKey?: string | undefined;
  /** The tag of what was read: refused when somebody else has changed it since. */
  readonly ifMatch?: string | undefined;
}

const longestWait = 20_000;
const sessionName = 'countersign-page';

/** The name of this tab's cookie: not a secret, and gone with the tab. */
export const rememberSession = (name: string): void => sessionStorage.setItem(sessionName, name);
export const forgetSession = (): void => sessionStorage.removeItem(sessionName);
export const hasSession = (): boolean => sessionStorage.getItem(sessionName) !== null;

function headers(hasBody: boolean, { proof, idempotencyKey, ifMatch }: AskOptions): Record<string, string> {
  const session = sessionStorage.getItem(sessionName) ?? undefined;
  const all = {
    'countersign-page': session,
    'content-type': hasBody ? 'application/json' : undefined,
    'countersign-proof': proof,
    'idempotency-key': idempotencyKey,
    'if-match': ifMatch,
  };
  return Object.fromEntries(Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined));
}

async function request(method: Method, path: string, body: object | undefined, options: AskOptions): Promise<Response> {
  const signal = AbortSignal.timeout(longestWait);
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  try {
    return await fetch(path, { method, headers: headers(body !== undefined, options), cache: 'no-store', redirect: 'error', signal, ...sent });
  } catch {
    throw new Refusal('offline');
  }
}

/** By the problem's name, whatever else the answer was. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const retryAfter = Number(response.headers.get('retry-after') ?? 0);
  try {
    const { type, errors = [] } = (await response.json()) as { type?: string; errors?: readonly { readonly pointer: string }[] };
    return new Refusal(type?.split('/').at(-1) ?? 'unknown', retryAfter, errors.map(({ pointer }) => pointer));
  } catch {
    return new Refusal('unknown', retryAfter);
  }
}

export interface Tagged<T> {
  readonly body: T;
  /** For `ifMatch`; absent where nothing says what version this is. */
  readonly tag: string | undefined;
}

/** With the tag of what was read. Throws a Refusal for whatever is not a success. */
export async function askTagged<T>(method: Method, path: string, body?: object, options: AskOptions = {}): Promise<Tagged<T>> {
  const response = await request(method, path, body ?? (method === 'POST' ? {} : undefined), options);
  if (!response.ok) throw await refusalOf(response);
  const read = (response.status === 204 ? undefined : await response.json()) as T;
  return { body: read, tag: response.headers.get('etag') ?? undefined };
}

/** Throws a Refusal for whatever is not a success. */
export const ask = async <T>(method: Method, path: string, body?: object, options?: AskOptions): Promise<T> => (await askTagged<T>(method, path, body, options)).body;
