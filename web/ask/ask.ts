/** Asks the service, from the pages' own address and with this tab's session. What it refuses is a Refusal, by the problem's name. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The last part of the problem's type; `offline` when nothing was answered. */
  readonly problem: string;
  readonly retryAfterSeconds: number;

  constructor(problem: string, retryAfterSeconds = 0) {
    super(problem);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const longestWait = 20_000;
const sessionName = 'countersign-page';

/** The name of this tab's cookie: not a secret, and gone with the tab. */
export const rememberSession = (name: string): void => sessionStorage.setItem(sessionName, name);
export const forgetSession = (): void => sessionStorage.removeItem(sessionName);
export const hasSession = (): boolean => sessionStorage.getItem(sessionName) !== null;

function headers(hasBody: boolean): Record<string, string> {
  const session = sessionStorage.getItem(sessionName);
  return { ...(session === null ? {} : { 'countersign-page': session }), ...(hasBody ? { 'content-type': 'application/json' } : {}) };
}

async function request(method: Method, path: string, body: object | undefined): Promise<Response> {
  const signal = AbortSignal.timeout(longestWait);
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  try {
    return await fetch(path, { method, headers: headers(body !== undefined), cache: 'no-store', redirect: 'error', signal, ...sent });
  } catch {
    throw new Refusal('offline');
  }
}

/** By the problem's name, whatever else the answer was. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const retryAfter = Number(response.headers.get('retry-after') ?? 0);
  try {
    const { type } = (await response.json()) as { type?: string };
    return new Refusal(type?.split('/').at(-1) ?? 'unknown', retryAfter);
  } catch {
    return new Refusal('unknown', retryAfter);
  }
}

/** Throws a Refusal for whatever is not a success. */
export async function ask<T>(method: Method, path: string, body?: object): Promise<T> {
  const response = await request(method, path, body ?? (method === 'POST' ? {} : undefined));
  if (!response.ok) throw await refusalOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
