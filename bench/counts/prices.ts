/**
 * List prices of us-east-1 in dollars, without free tiers and discounts, as noted on 2026-11-21. AWS's own price pages
 * could not be read from where this was written, so each says what it rests on: look again before quoting one.
 */
export interface Price {
  readonly dollars: number;
  readonly per: number;
  readonly unit: string;
  /** `unsourced`: from memory. */
  readonly source: string;
}

export const pricesNotedOn = '2026-11-21';

const million = 1e6;
const gigabyte = 1e9;

export const prices = {
  httpApiRequest: { dollars: 1, per: million, unit: 'request', source: 'third parties, 2025-12; AWS price page not read' },
  lambdaRequest: { dollars: 0.2, per: million, unit: 'request', source: 'third parties, 2025-12 and 2026-05; AWS price page not read' },
  lambdaArm: { dollars: 0.0000133334, per: 1, unit: 'GB-second', source: 'third party, 2026-05; AWS price page not read' },
  dynamoWrite: { dollars: 0.625, per: million, unit: 'write request unit', source: 'third party, 2025 (halved in 2024-11); AWS price page not read' },
  dynamoRead: { dollars: 0.125, per: million, unit: 'read request unit', source: 'third party, 2025 (halved in 2024-11); AWS price page not read' },
  dynamoStorage: { dollars: 0.25, per: gigabyte, unit: 'byte-month', source: 'unsourced' },
  logsIngested: { dollars: 0.5, per: gigabyte, unit: 'byte', source: 'third parties, 2026-06; AWS price page not read' },
  transferOut: { dollars: 0.09, per: gigabyte, unit: 'byte', source: 'third party, 2025-12; AWS price page not read' },
} as const satisfies Record<string, Price>;

/** What cannot be counted on one machine. */
export const assumptions = {
  /** Two round trips to DynamoDB, and our own milliseconds on the third of a processor that 512 MB bring. */
  billedMilliseconds: 30,
  /** Of the gateway's access log, whose format is in infra/constructs/http-routes.ts. */
  accessLogBytes: 240,
  /** CloudWatch counts these with every event. */
  logEventOverhead: 26,
  /** Beside the body: status line and headers of the answer. */
  answerHeaderBytes: 330,
  /** DynamoDB counts these with every item and every entry of an index. */
  storedItemOverhead: 100,
  /** How long events are kept (D24). */
  retentionMonths: 13,
} as const;
