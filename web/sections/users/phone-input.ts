/** A telephone number as it is typed (row 0.4), and as it is sent. Whether it exists, and may be called, only the service can say. */
export interface TypedPhone {
  readonly country: string;
  readonly callingCode: string;
  /** The three parts of a number in the United States or Canada. */
  readonly area: string;
  readonly exchange: string;
  readonly subscriber: string;
  /** Of any other country. */
  readonly number: string;
  readonly extension: string;
}

export interface SentPhone {
  readonly country: 'US/CA' | 'other';
  readonly callingCode?: string;
  readonly phoneNumber: string;
  readonly extension?: string;
}

export type PhoneFault = 'area' | 'exchange' | 'subscriber' | 'callingCode' | 'number' | 'extension';

export type ReadPhone = { readonly phone: SentPhone; readonly fault?: undefined } | { readonly fault: PhoneFault; readonly phone?: undefined };

/** What people put between digits to read them more easily. */
const digitsOf = (text: string): string => text.replaceAll(/[\s().\-/\u00a0\u2010-\u2015]/g, '');

const faultOf = (checks: readonly (readonly [PhoneFault, boolean])[]): PhoneFault | undefined => checks.find(([, holds]) => !holds)?.[0];

/** The first fault, or the number. No area and no exchange begins with 0 or 1, and none ends in 11. */
export function readPhone(typed: TypedPhone): ReadPhone {
  const extension = digitsOf(typed.extension);
  const isExtension = /^\d{0,8}$/.test(extension);
  const extra = extension === '' ? {} : { extension };
  if (typed.country !== 'other') {
    const [area, exchange, subscriber] = [typed.area, typed.exchange, typed.subscriber].map(digitsOf) as [string, string, string];
    const isPart = (part: string): boolean => /^[2-9]\d\d$/.test(part) && !part.endsWith('11');
    const fault = faultOf([['area', isPart(area)], ['exchange', isPart(exchange)], ['subscriber', /^\d{4}$/.test(subscriber)], ['extension', isExtension]]);
    return fault ? { fault } : { phone: { country: 'US/CA', phoneNumber: `${area}${exchange}${subscriber}`, ...extra } };
  }
  const [callingCode, phoneNumber] = [digitsOf(typed.callingCode).replace(/^(\+|00)/, ''), digitsOf(typed.number)];
  const fault = faultOf([['callingCode', /^[1-9]\d{0,2}$/.test(callingCode)], ['number', /^\d{3,14}$/.test(phoneNumber)], ['extension', isExtension]]);
  return fault ? { fault } : { phone: { country: 'other', callingCode, phoneNumber, ...extra } };
}

/** The three parts of a number that was pasted, or written in a file, in one; undefined when it is no ten digits. */
export function partsOf(text: string): readonly [area: string, exchange: string, subscriber: string] | undefined {
  const digits = digitsOf(text).replace(/^\+?1(?=\d{10}$)/, '');
  return /^\d{10}$/.test(digits) ? [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)] : undefined;
}
