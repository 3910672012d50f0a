/** Lets a thread's `Date` tell the stack's time. A matter of the host: the product has no door for tests. */

/** Replaces this thread's Date by one that the shared offset moves. */
export function shareClock(offset: SharedArrayBuffer): void {
  const view = new BigInt64Array(offset);
  const RealDate = Date;
  const now = (): number => RealDate.now() + Number(Atomics.load(view, 0));
  const handler: ProxyHandler<DateConstructor> = {
    construct(target, args: unknown[], newTarget): object {
      const subclass = newTarget === SharedDate ? target : newTarget;
      return Reflect.construct(target, args.length === 0 ? [now()] : args, subclass) as object;
    },
    apply: () => new RealDate(now()).toString(),
    get: (target, key): unknown => (key === 'now' ? now : Reflect.get(target, key)),
  };
  const SharedDate = new Proxy(RealDate, handler);
  globalThis.Date = SharedDate;
}
