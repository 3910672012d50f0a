/** The one request of VIP User Services that is used, AuthenticateCredentials (SOAP 1.1, schema of April 2011), and its answer. */
import { sameBytes } from '../../platform/crypto/keyed-hash.ts';
import { find, readElements, textOf } from '../files/xml-elements.ts';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const vip = 'https://schemas.symantec.com/vip/2011/04/vipuserservices';

export interface VipQuestion {
  readonly requestId: string;
  readonly credentialId: string;
  readonly code: string;
}

/** What goes in was checked to be letters and digits: nothing in it can close an element. */
export function writeQuestion({ requestId, credentialId, code }: VipQuestion): string {
  if (![requestId, credentialId, code].every((text) => /^[A-Za-z0-9]+$/.test(text))) throw new Error('not a question that VIP could be asked');
  return (
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${soap}" xmlns:vip="${vip}"><soapenv:Header/><soapenv:Body>` +
    `<vip:AuthenticateCredentialsRequest><vip:requestId>${requestId}</vip:requestId>` +
    `<vip:credentials><vip:credentialId>${credentialId}</vip:credentialId><vip:credentialType>STANDARD_OTP</vip:credentialType></vip:credentials>` +
    `<vip:otpAuthData><vip:otp>${code}</vip:otp></vip:otpAuthData></vip:AuthenticateCredentialsRequest></soapenv:Body></soapenv:Envelope>`
  );
}

export interface VipAnswer {
  /** Four characters; `0000` is success and nothing else is. */
  readonly status: string;
}

const success = '0000';
export const isSuccess = ({ status }: VipAnswer): boolean => status === success;

/** Undefined for whatever is not the whole answer to this very question. */
export function readAnswer(text: string, { requestId, credentialId }: VipQuestion): VipAnswer | undefined {
  try {
    const elements = [...readElements(text, ({ name, namespace }) => {
      if (name !== 'Envelope' || namespace !== soap) throw new Error('not SOAP 1.1');
    })];
    const [body, ...others] = elements.filter(({ name }) => name === 'Body');
    const answer = body?.children.length === 1 ? find(body, 'AuthenticateCredentialsResponse') : undefined;
    const status = textOf(find(answer, 'status')) ?? '';
    const isOurs = sameBytes(Buffer.from(textOf(find(answer, 'requestId')) ?? ''), Buffer.from(requestId));
    const about = textOf(find(answer, 'credentialId')) ?? credentialId;
    if (others.length > 0 || !isOurs || about !== credentialId || !/^[0-9A-F]{4}$/.test(status)) return undefined;
    return { status };
  } catch {
    // Not XML that we read, whatever is wrong with it: no answer.
    return undefined;
  }
}
