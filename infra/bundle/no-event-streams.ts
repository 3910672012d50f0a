/**
 * Stands in for the SDK's event streams, which none of the services we call uses. The SDK imports them on demand, and
 * in a bundle of one file that demand alone would carry them along and wrap every module they share with the rest.
 */
const refuse = (): never => {
  throw new Error('Event streams are left out of the bundles: see infra/bundle/sdk-plugin.ts.');
};

export const EventStreamSerde = refuse;
export const eventStreamSerdeProvider = refuse;
