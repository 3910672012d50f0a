/**
 * What one text costs, in US dollars, by the country it goes to: list prices of us-east-1, carrier fees included. Only
 * for reckoning: what may be spent is capped on each text by the carrier, and by budgets.
 */

export interface TextPrice {
  readonly dollars: number;
  /** When it was looked up. */
  readonly asOf: string;
  /** False: no dated source was at hand; check it before relying on it. */
  readonly isSourced: boolean;
}

export const textPrices: Readonly<Record<string, TextPrice>> = {
  US: { dollars: 0.012, asOf: '2026-11-21', isSourced: false },
  CA: { dollars: 0.012, asOf: '2026-11-21', isSourced: false },
  GB: { dollars: 0.04, asOf: '2026-11-21', isSourced: false },
  JP: { dollars: 0.07451, asOf: '2026-11-21', isSourced: true },
};

/** A reply that we receive: the same wherever it comes from, as far as is known. */
export const replyPrice: TextPrice = { dollars: 0.0075, asOf: '2026-11-21', isSourced: false };
