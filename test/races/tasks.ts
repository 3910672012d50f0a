/** What a process of a race is told, and what it tells: plain data, for it goes from one process to another. */
export type Task =
  | { readonly do: 'answer'; readonly challengeId: string; readonly answer: string; readonly clientId?: string; readonly factorId?: string }
  /** A text that came in. */
  | { readonly do: 'reply'; readonly from: string; readonly text: string; readonly messageId?: string }
  | { readonly do: 'start'; readonly answer?: string; readonly clientId?: string }
  | { readonly do: 'cancel'; readonly challengeId: string; readonly clientId?: string }
  /** What a device signed, as it came over the wire. */
  | { readonly do: 'decide'; readonly factorId: string; readonly time: string; readonly signature: string; readonly body: string; readonly clientId?: string }
  | { readonly do: 'start-and-cancel'; readonly clientId?: string };

export interface Stand {
  readonly endpoint: string;
  readonly table: string;
  readonly root: string;
  readonly at: number;
  readonly organizationKey: string;
  readonly userKey: string;
}

export type Told =
  | { readonly tell: 'ready' }
  | { readonly tell: 'done'; readonly outcomes: readonly string[] };

export type Order = { readonly stand: Stand } | { readonly tasks: readonly Task[] };
