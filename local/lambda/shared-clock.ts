/** Lets a thread's `Date` tell the stack's time. A matter of the host: the product has no door for tests. */

/** Replaces this thread's Date, whose zero point is moved by the shared offset. */
export function shareClock(offset: SharedArrayBuffer): void {
  const view = new BigInt64Array(offset);
  const RealDate = Date;
  const now = (): number => RealDate.now() + Number(Atomics.load(view, 0));
  const SharedDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget: object) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === SharedDate ? target : newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  });
  globalThis.Date = SharedDate;
}
