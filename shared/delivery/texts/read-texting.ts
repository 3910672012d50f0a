/** Reads what a stage says about its texts: written by our own deployment, so that a slip stops the start. */
import type { TextingSettings } from '../sms-carrier.ts';

/** Undefined where the stage sends no texts. */
export function readTexting(text: string | undefined): TextingSettings | undefined {
  if (text === undefined) return undefined;
  const settings = JSON.parse(text) as TextingSettings;
  const isKnown = settings.carrier === 'sns' || (settings.carrier === 'end-user-messaging' && settings.origination !== '' && Array.isArray(settings.repliesFrom));
  if (!isKnown || !/^\d+(\.\d+)?$/.test(settings.mostPerText)) throw new Error('the settings of texts are not valid');
  return settings;
}

/** Countries in which the stage has a number that takes replies. */
export const repliesFrom = (settings: TextingSettings): readonly string[] => (settings.carrier === 'sns' ? [] : settings.repliesFrom);
