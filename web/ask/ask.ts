/** Asks the service, from the pages' own address and with this tab's session. What it refuses is a Refusal, by the problem's name. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The last part of the problem's type; `offline` when nothing was answered. */
  readonly problem: string;
  readonly retryAfterSeconds: number;
  /** What the service said of it beyond the name: in English, for those who administer. */
  readonly detail: string | undefined;
  /** Of what was sent: where, as a JSON pointer, and what is wrong there. */
  readonly errors: readonly FieldError[];

  constructor(problem: string, retryAfterSeconds = 0, { detail, errors = [] }: { detail?: string; errors?: readonly FieldError[] } = {}) {
    super(problem);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
    this.detail = detail;
    this.errors = errors;
  }
}

export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** What a request says beside its body. */
export interface AskOptions {
  /** The challenge by which the person has just confirmed again. */
  readonly proof?: string | undefined;
  /** The ETag of what was shown: refused when somebody else changed it since. */
  readonly ifMatch?: string | undefined;
  /** The same key and body have one effect, however often they are sent. */
  readonly idempotencyKey?: string | undefined;
}

export interface Tagged<T> {
  readonly body: T;
  readonly etag: string | undefined;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const longestWait = 20_000;
const sessionName = 'countersign-page';

/** The name of this tab's cookie: not a secret, and gone with the tab. */
export const rememberSession = (name: string): void => sessionStorage.setItem(sessionName, name);
export const forgetSession = (): void => sessionStorage.removeItem(sessionName);
export const hasSession = (): boolean => sessionStorage.getItem(sessionName) !== null;

function headersOf(hasBody: boolean, { proof, ifMatch, idempotencyKey }: AskOptions): Record<string, string> {
  const session = sessionStorage.getItem(sessionName) ?? undefined;
  const named = {
    'countersign-page': session,
    'countersign-proof': proof,
    'if-match': ifMatch,
    'idempotency-key': idempotencyKey,
    'content-type': hasBody ? 'application/json' : undefined,
  };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

let heard: () => void = () => undefined;

/** Told of every request: a long session lives as long as its page asks something. */
export function onAsk(listener: () => void): void {
  heard = listener;
}

async function request(method: Method, path: string, body: object | undefined, options: AskOptions): Promise<Response> {
  heard();
  const signal = AbortSignal.timeout(longestWait);
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  try {
    return await fetch(path, { method, headers: headersOf(body !== undefined, options), cache: 'no-store', redirect: 'error', signal, ...sent });
  } catch {
    throw new Refusal('offline');
  }
}

/** By the problem's name, whatever else the answer was. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const retryAfter = Number(response.headers.get('retry-after') ?? 0);
  try {
    const { type, detail, errors } = (await response.json()) as { type?: string; detail?: string; errors?: FieldError[] };
    return new Refusal(type?.split('/').at(-1) ?? 'unknown', retryAfter, { ...(detail === undefined ? {} : { detail }), ...(errors ? { errors } : {}) });
  } catch {
    return new Refusal('unknown', retryAfter);
  }
}

/** With the version of what was answered, for a change that must not overwrite somebody else's. Throws as `ask` does. */
export async function askTagged<T>(method: Method, path: string, body?: object, options: AskOptions = {}): Promise<Tagged<T>> {
  const response = await request(method, path, body ?? (method === 'POST' ? {} : undefined), options);
  if (!response.ok) throw await refusalOf(response);
  const read = (response.status === 204 ? undefined : await response.json()) as T;
  return { body: read, etag: response.headers.get('etag') ?? undefined };
}

/** Throws a Refusal for whatever is not a success. */
export async function ask<T>(method: Method, path: string, body?: object, options: AskOptions = {}): Promise<T> {
  return (await askTagged<T>(method, path, body, options)).body;
}
