/** Reads what a stage says about its texts: written by our own deployment, so that a slip stops the start. */
import type { TextingSettings } from '../sms-carrier.ts';

/** Undefined where the stage sends no texts. */
export function readTexting(text: string | undefined): TextingSettings | undefined {
  if (text === undefined) return undefined;
  const { carrier, origination, repliesFrom: from, mostPerText } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const isWhole = carrier === 'sns' || (carrier === 'end-user-messaging' && typeof origination === 'string' && Array.isArray(from));
  if (!isWhole || typeof mostPerText !== 'string' || !/^\d+(\.\d+)?$/.test(mostPerText)) throw new Error('the settings of texts are not valid');
  return JSON.parse(text) as TextingSettings;
}

/** Countries in which the stage has a number that takes replies. */
export const repliesFrom = (settings: TextingSettings): readonly string[] => (settings.carrier === 'sns' ? [] : settings.repliesFrom);
