/** The template's event source mappings: which function reads which queue or stream, and how patiently. */
import { checkPattern, type Pattern } from '../rules/pattern.ts';
import type { Resolver } from '../template/resolver.ts';

export interface EventSource {
  /** The mapping's own name, under which a position is kept. */
  readonly name: string;
  readonly sourceArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** One of these must fit; none: everything does. */
  readonly filters: readonly Pattern[];
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  /** Undefined: for ever, as on AWS. */
  readonly largestRetries: number | undefined;
  readonly failuresArn: string | undefined;
}

interface MappingProperties {
  readonly Enabled?: boolean;
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly BatchSize?: number;
  readonly FilterCriteria?: { readonly Filters?: readonly { readonly Pattern: string }[] };
  readonly FunctionResponseTypes?: readonly string[];
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts?: number;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string } };
  readonly StartingPosition?: string;
  readonly ParallelizationFactor?: number;
}

/** Reads them; a stream from its newest record, or in parallel, would be another order of things and is refused. */
export function readEventSources(resolver: Resolver): EventSource[] {
  return resolver.resources('AWS::Lambda::EventSourceMapping').flatMap(({ logicalId, properties }): EventSource[] => {
    const mapping = properties as unknown as MappingProperties;
    if (mapping.Enabled === false) return [];
    const isQueue = mapping.EventSourceArn.startsWith('arn:aws:sqs:');
    if (!isQueue && mapping.StartingPosition !== 'TRIM_HORIZON') {
      throw new Error(`The event source ${logicalId}: only the starting position TRIM_HORIZON runs on one machine.`);
    }
    if ((mapping.ParallelizationFactor ?? 1) > 1) {
      throw new Error(`The event source ${logicalId}: only one batch per shard at a time runs on one machine.`);
    }
    const attempts = mapping.MaximumRetryAttempts ?? -1;
    return [
      {
        name: logicalId,
        sourceArn: mapping.EventSourceArn,
        functionArn: mapping.FunctionName,
        batchSize: mapping.BatchSize ?? (isQueue ? 10 : 100),
        filters: readFilters(logicalId, mapping),
        reportsItemFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true,
        bisects: mapping.BisectBatchOnFunctionError === true,
        largestRetries: attempts < 0 ? undefined : attempts,
        failuresArn: mapping.DestinationConfig?.OnFailure?.Destination,
      },
    ];
  });
}

function readFilters(logicalId: string, mapping: MappingProperties): Pattern[] {
  return (mapping.FilterCriteria?.Filters ?? []).map((filter) => {
    const pattern = JSON.parse(filter.Pattern) as unknown;
    checkPattern(pattern, `The event source ${logicalId}`);
    return pattern;
  });
}

/** The ids that a function reported as failed; all of them when it names one that was not there, as Lambda does. */
export function failedItems(answer: unknown, all: readonly string[], source: EventSource): string[] {
  if (!source.reportsItemFailures) return [];
  const { batchItemFailures = [] } = (answer ?? {}) as { batchItemFailures?: { itemIdentifier?: string }[] | null };
  const ids = (batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier ?? '');
  return ids.every((id) => all.includes(id)) ? ids : [...all];
}
