/** The template's functions: where their bundles lie, and what Lambda would start them with. */
import type { Resolver } from '../template/resolver.ts';
import type { FunctionSettings } from './functions.ts';

interface FunctionProperties {
  readonly Runtime?: string;
  readonly Handler?: string;
  readonly Code?: { readonly S3Key?: string };
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly ReservedConcurrentExecutions?: number;
}

/** Reads all functions of Node; CDK's helpers in other languages deploy things, and here is nothing to deploy to. */
export function readFunctions(resolver: Resolver): FunctionSettings[] {
  return resolver.resources('AWS::Lambda::Function').flatMap(({ stack, logicalId, ref, arn, properties }) => {
    const { Runtime, Handler, Code, Environment, Timeout, MemorySize, ReservedConcurrentExecutions } =
      properties as FunctionProperties;
    if (Runtime?.startsWith('nodejs') !== true) return [];
    const codeFolder = stack.assets.get(Code?.S3Key ?? '');
    if (codeFolder === undefined) throw new Error(`The function ${logicalId} has no bundle in the assembly.`);
    return [
      {
        name: ref,
        arn,
        handler: Handler ?? 'index.handler',
        codeFolder,
        environment: Environment?.Variables ?? {},
        timeoutSeconds: Timeout ?? 3,
        memoryMegabytes: MemorySize ?? 128,
        ...(ReservedConcurrentExecutions === undefined ? {} : { reservedConcurrency: ReservedConcurrentExecutions }),
      },
    ];
  });
}
