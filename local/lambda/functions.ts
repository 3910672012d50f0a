/** Lambda of one machine: the template's functions, each with its own sandboxes, environment and log. */
import { ServiceError } from '../aws/service-error.ts';
import { createPool, type Pool } from './pool.ts';
import type { Invocation } from './sandbox.ts';

export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly codeFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly reservedConcurrency?: number;
}

export interface FunctionsDependencies {
  readonly clockOffset: SharedArrayBuffer;
  readonly region: string;
  /** AWS_ENDPOINT_URL and the like: where this stack's AWS is. */
  readonly endpoints: Readonly<Record<string, string>>;
  output(functionName: string, text: string): void;
  /** Every finished invocation; the stream poller looks sooner then. */
  finished?(): void;
}

export interface Functions {
  /** By name or ARN, a qualifier included. */
  invoke(function_: string, event: unknown): Promise<Invocation>;
  /** The answer itself; what the function threw is thrown. */
  call(function_: string, event: unknown): Promise<unknown>;
  /** Makes its first event as quick as the next ones. */
  warm(function_: string): Promise<void>;
  names(): string[];
  stop(): Promise<void>;
}

const LARGEST_POOL = 40;

/** Makes the host. Nothing starts until the first event. */
export function createFunctions(settings: readonly FunctionSettings[], deps: FunctionsDependencies): Functions {
  const pools = new Map<string, Pool>(settings.map((one) => [one.name, createFunctionPool(one, deps)]));

  function poolOf(nameOrArn: string): Pool {
    const name = functionName(nameOrArn);
    const pool = pools.get(name);
    if (pool !== undefined) return pool;
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
  }

  async function invoke(nameOrArn: string, event: unknown): Promise<Invocation> {
    const invocation = await poolOf(nameOrArn).run(JSON.stringify(event ?? null));
    deps.finished?.();
    return invocation;
  }

  return {
    invoke,
    names: () => [...pools.keys()],
    warm: (nameOrArn) => poolOf(nameOrArn).warm(),
    async call(nameOrArn, event) {
      const { payload, functionError } = await invoke(nameOrArn, event);
      const answer = JSON.parse(payload) as unknown;
      if (functionError === undefined) return answer;
      const { errorType, errorMessage } = answer as { errorType: string; errorMessage: string };
      throw new ServiceError(errorType, `${functionName(nameOrArn)}: ${errorMessage}`, 500);
    },
    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/** Of an ARN, with or without a qualifier, also inside the gateway's longer one; or a name already. */
export function functionName(nameOrArn: string): string {
  const arn = /arn:aws:lambda:[^:]*:[^:]*:function:([^:/]+)/.exec(nameOrArn);
  return arn?.[1] ?? nameOrArn.split(':')[0] ?? nameOrArn;
}

function createFunctionPool(settings: FunctionSettings, deps: FunctionsDependencies): Pool {
  return createPool({
    largest: Math.min(LARGEST_POOL, settings.reservedConcurrency ?? LARGEST_POOL),
    output: (text) => deps.output(settings.name, text),
    settings: {
      functionName: settings.name,
      functionArn: settings.arn,
      handler: settings.handler,
      codeFolder: settings.codeFolder,
      memoryMegabytes: settings.memoryMegabytes,
      timeoutSeconds: settings.timeoutSeconds,
      clockOffset: deps.clockOffset,
      environment: { ...lambdaEnvironment(settings, deps), ...settings.environment },
    },
  });
}

/** What Lambda itself sets. Nothing of this process's environment gets in. */
function lambdaEnvironment(settings: FunctionSettings, deps: FunctionsDependencies): Record<string, string> {
  return {
    ...deps.endpoints,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: deps.region,
    AWS_DEFAULT_REGION: deps.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: settings.codeFolder,
    _HANDLER: settings.handler,
  };
}
