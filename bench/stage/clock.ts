/** The time that everything in this process reads, moved on at will: a code can be used once in 30 seconds. */
const real = Date.now.bind(Date);
let offset = 0;

export function moveClock(milliseconds: number): void {
  offset += milliseconds;
  Date.now = () => real() + offset;
}

/** To the middle of the next time step, so that no request straddles two. */
export function moveToNextStep(period: number): void {
  const now = Date.now();
  moveClock(period - (now % period) + period / 2);
}
