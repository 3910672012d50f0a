/** EventBridge's PutEvents over the local bus. */
import type { Operation } from './endpoint.ts';
import type { EventBus } from '../rules/event-bus.ts';

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Resources?: readonly string[];
  readonly Detail?: string;
}

export function createEventBridge(bus: EventBus): Readonly<Record<string, Operation<Readonly<Record<string, unknown>>>>> {
  return {
    PutEvents({ Entries }) {
      const entries = ((Entries ?? []) as Entry[]).map(({ Source = '', DetailType = '', Resources = [], Detail = '{}' }) => ({
        EventId: bus.publish({ source: Source, 'detail-type': DetailType, resources: Resources, detail: JSON.parse(Detail) }),
      }));
      return { FailedEntryCount: 0, Entries: entries };
    },
  };
}
