/** The product's functions in this process: the real doors, as Lambda would invoke them. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { functions, type FunctionName } from '../../shared/contract/functions.ts';
import type { Operation } from '../../shared/contract/routes.ts';
import { apiEvent, routeOf, type ApiRequest } from './api-event.ts';

type Door = (event: unknown, context: { readonly awsRequestId: string }) => Promise<unknown>;

export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Doors {
  invoke(name: FunctionName, event: unknown): Promise<unknown>;
  api(operation: Operation, request: ApiRequest): Promise<ApiAnswer>;
  /** What the functions have printed since it was asked last. */
  takeLog(): string;
}

/** Whatever is printed while `work` runs goes into `lines` instead. */
async function withoutPrinting<T>(lines: string[], work: () => Promise<T>): Promise<T> {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text) => lines.push(String(text)) > 0;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}

/** The environment must be set before the first invocation: each door reads it once. */
export function openDoors(): Doors {
  const loaded = new Map<FunctionName, Promise<Door>>();
  const lines: string[] = [];
  const load = async (name: FunctionName): Promise<Door> => {
    const module = (await import(new URL(`../../${functions[name].entry}`, import.meta.url).href)) as { handler: Door };
    return module.handler;
  };
  const invoke = async (name: FunctionName, event: unknown): Promise<unknown> => {
    const door = loaded.get(name) ?? load(name);
    loaded.set(name, door);
    const handler = await door;
    return withoutPrinting(lines, () => handler(event, { awsRequestId: crypto.randomUUID() }));
  };
  return {
    invoke,
    api: async (operation, request) => {
      const result = (await invoke(routeOf(operation).function as FunctionName, apiEvent(operation, request))) as APIGatewayProxyStructuredResultV2;
      return { status: result.statusCode ?? 0, body: JSON.parse(result.body ?? '{}') as ApiAnswer['body'] };
    },
    takeLog: () => lines.splice(0).join(''),
  };
}

/** For steps that must succeed before anything can be measured. */
export async function mustAnswer(answer: Promise<ApiAnswer>): Promise<ApiAnswer['body']> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`an answer of ${String(status)}: ${JSON.stringify(body)}`);
  return body;
}
