/** GetParticipantInput: speaks, collects keys, and says how it ended. Keys typed while it speaks count. */
import type { KeyParameters, StoredEntryParameters } from './flow-language.ts';
import type { Line } from '../line.ts';

/** What a real flow stores when nothing was typed: it is no error, and no empty entry either. */
export const silence = 'Timeout';

const defaultInterdigitSeconds = 5;

/** Waits for one key; `undefined` when none came in time. */
export function askForKey(
  line: Line,
  parameters: KeyParameters,
  promptMilliseconds: number,
  done: (key: string | undefined) => void,
): void {
  const finish = (key: string | undefined) => {
    cancel();
    line.listen(undefined);
    done(key);
  };
  const wait = promptMilliseconds + Number(parameters.InputTimeLimitSeconds) * 1000;
  const cancel = line.time.after(wait, () => finish(undefined));
  line.listen(finish);
}

/** Collects an entry up to its terminator, its greatest length, or a silence; gives {@link silence} when none began. */
export function askForEntry(
  line: Line,
  parameters: StoredEntryParameters,
  promptMilliseconds: number,
  done: (entry: string) => void,
): void {
  const keypad = parameters.DTMFConfiguration ?? {};
  const terminator = keypad.InputTerminationSequence ?? '#';
  const maximumLength = Number(parameters.InputValidation.CustomValidation.MaximumLength);
  const firstKeyMilliseconds = Number(parameters.InputTimeLimitSeconds) * 1000;
  const nextKeyMilliseconds = Number(keypad.InterdigitTimeLimitSeconds ?? defaultInterdigitSeconds) * 1000;
  let entry = '';
  let cancel = () => {};

  const finish = (result: string) => {
    cancel();
    line.listen(undefined);
    done(result);
  };
  const waitAnew = (ms: number) => {
    cancel();
    cancel = line.time.after(ms, () => finish(entry === '' ? silence : entry));
  };

  waitAnew(promptMilliseconds + firstKeyMilliseconds);
  line.listen((key) => {
    if (key === '*' && keypad.DisableCancelKey !== 'True') {
      entry = '';
      waitAnew(firstKeyMilliseconds);
      return;
    }
    entry += key;
    if (entry.endsWith(terminator)) finish(entry.slice(0, -terminator.length));
    else if (entry.length >= maximumLength) finish(entry);
    else waitAnew(nextKeyMilliseconds);
  });
}
