/** What the host and its worker threads say to each other. */

export interface WorkerSettings {
  readonly functionName: string;
  readonly functionArn: string;
  readonly handler: string;
  readonly codeFolder: string;
  readonly memoryMegabytes: number;
  readonly clockOffset: SharedArrayBuffer;
}

export interface ToWorker {
  readonly requestId: string;
  /** JSON, as on AWS: what cannot be written down does not cross. */
  readonly event: string;
  /** Epoch milliseconds of the machine's clock. */
  readonly deadline: number;
}

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error'; readonly payload: string }
  | { readonly kind: 'answer'; readonly payload: string; readonly functionError?: 'Unhandled' };
