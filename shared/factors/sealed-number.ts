/** The sealed form of a number: it opens without the library that read it, for the doors that only dial or mask it. */
export interface UnpackedNumber {
  readonly e164: string;
  readonly country: string;
  readonly extension?: string;
}

export const packNumber = ({ e164, country, extension }: UnpackedNumber): Uint8Array =>
  Buffer.from([e164, country, extension ?? ''].join('|'), 'utf8');

export function unpackNumber(packed: Uint8Array): UnpackedNumber {
  const [e164 = '', country = '', extension = ''] = Buffer.from(packed).toString('utf8').split('|');
  return { e164, country, ...(extension === '' ? {} : { extension }) };
}
