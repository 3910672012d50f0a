/** The one place where pages ask what time it is. */

/** Epoch milliseconds, as this device knows them. */
// eslint-disable-next-line no-restricted-syntax -- time has to come from somewhere, and comes from here
export const now = (): number => Date.now();
