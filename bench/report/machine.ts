/** Where the figures come from: they mean nothing without it. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export function describeMachine(now: Date): string {
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const busy = (loadavg()[0] ?? 0) > cores ? ': a busy machine, so read ratios, not times' : '';
  return `${now.toISOString().slice(0, 10)}, node ${process.version}, ${process.platform} ${process.arch}, ${String(cores)} × ${model}, ${String(memory)} GB, load ${load}${busy}`;
}
