/** EventBridge's PutEvents over the local bus. */
import type { Operation } from './endpoint.ts';
import type { EventBus } from '../rules/event-bus.ts';

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Resources?: readonly string[];
  readonly Detail?: string;
}

type Input = Readonly<Record<string, unknown>>;

export function createEventBridge(bus: EventBus): Readonly<Record<string, Operation<Input>>> {
  return {
    PutEvents: ({ Entries }) => ({
      FailedEntryCount: 0,
      Entries: ((Entries ?? []) as Entry[]).map((entry) => ({ EventId: publish(bus, entry) })),
    }),
  };
}

function publish(bus: EventBus, { Source = '', DetailType = '', Resources = [], Detail = '{}' }: Entry): string {
  const detail = JSON.parse(Detail) as unknown;
  return bus.publish({ source: Source, 'detail-type': DetailType, resources: Resources, detail });
}
