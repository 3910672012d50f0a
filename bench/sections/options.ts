/** What `npm run bench` was asked for. */
export interface BenchOptions {
  readonly quick: boolean;
  readonly full: boolean;
}
