/** Errors of the page's JSON API, in the form of the service's own (RFC 9457). */
import { STATUS_CODES, type ServerResponse } from 'node:http';

export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

interface ProblemExtras {
  readonly errors?: readonly FieldError[];
  readonly allow?: string;
}

/** Thrown anywhere in a request; the server turns it into an answer. */
export class PageProblem extends Error {
  readonly status: number;
  readonly extras: ProblemExtras;

  constructor(status: number, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.status = status;
    this.extras = extras;
  }
}

export function writeJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  contentType = 'application/json',
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': `${contentType}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

export function writeProblem(response: ServerResponse, problem: PageProblem): void {
  const { status, message, extras } = problem;
  if (extras.allow !== undefined) response.setHeader('allow', extras.allow);
  // After a body that was too long or not read, the connection cannot be used again.
  if (status === 413 || status === 415) response.setHeader('connection', 'close');
  const title = STATUS_CODES[status] ?? 'Error';
  const errors = extras.errors ? { errors: extras.errors } : {};
  const body = { type: 'about:blank', title, status, detail: message, ...errors };
  writeJson(response, status, body, 'application/problem+json');
}
