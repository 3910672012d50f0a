/** Tokens from PSKC (RFC 6030), encrypted or not: one row for each key package, read one after the other. */
import { Problem } from '../../platform/problems/problem.ts';
import { checkToken, RowError, type CheckedRow, type RawRow } from './file-row.ts';
import { openSecret, readEncryptionKey, readMacKey, type FileKeys, type FileSecret } from './pskc-keys.ts';
import { find, readElements, textOf, type Element } from './xml-elements.ts';

const namespace = 'urn:ietf:params:xml:ns:keyprov:pskc';
/** The second is what tokens were called before the RFC, and still are by some vendors. */
const keyAlgorithm = /^urn:ietf:params:xml:ns:keyprov:pskc[:#](totp|hotp)$/i;

/** A value of `Data` that is not secret. One that is encrypted all the same is not read. */
function plainOf(data: Element | undefined, name: string): string | undefined {
  const element = find(data, name);
  if (!element) return undefined;
  const plain = find(element, 'PlainValue');
  if (!plain) throw new RowError('row-invalid');
  return textOf(plain);
}

function readKey(keyPackage: Element, keys: FileKeys): RawRow {
  const key = find(keyPackage, 'Key');
  const type = keyAlgorithm.exec(key?.attributes['Algorithm'] ?? '')?.[1];
  if (!key || type === undefined) throw new RowError('type-unknown');
  const parameters = find(key, 'AlgorithmParameters');
  const format = find(parameters, 'ResponseFormat');
  if (format && format.attributes['Encoding'] !== 'DECIMAL') throw new RowError('digits-invalid');
  const data = find(key, 'Data');
  if (!['0', undefined].includes(plainOf(data, 'Time'))) throw new RowError('row-invalid');
  return {
    credentialId: textOf(find(keyPackage, 'DeviceInfo', 'SerialNo')) ?? key.attributes['Id'] ?? '',
    type,
    algorithm: textOf(find(parameters, 'Suite')),
    digits: format?.attributes['Length'],
    period: plainOf(data, 'TimeInterval'),
    counter: type.toLowerCase() === 'hotp' ? plainOf(data, 'Counter') : undefined,
    drift: plainOf(data, 'TimeDrift'),
    seed: openSecret(find(data, 'Secret'), keys),
  };
}

function check(row: number, keyPackage: Element, keys: FileKeys): CheckedRow {
  try {
    const token = checkToken(readKey(keyPackage, keys));
    return { row, token, credentialId: token.credentialId };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return { row, problem: error.problem };
  }
}

/** Each row, good or not, as it is read; throws a problem when the file as a whole is not to be read. */
export async function* readPskc(text: string, secret: FileSecret): AsyncGenerator<CheckedRow> {
  let keys: FileKeys = {};
  let row = 0;
  const elements = readElements(text, (root) => {
    if (root.name !== 'KeyContainer' || root.namespace !== namespace) throw new Problem('request-invalid', { detail: 'The file is not PSKC.' });
  });
  for (const element of elements) {
    // One for the file: each costs a long derivation of its own.
    if (element.name === 'EncryptionKey' && keys.encryption) throw new Problem('request-invalid', { detail: 'The file has more than one encryption key.' });
    if (element.name === 'EncryptionKey') keys = { ...keys, encryption: await readEncryptionKey(element, secret) };
    // Its key is opened with the encryption key, which stands before it (RFC 6030 §4.1).
    else if (element.name === 'MACMethod' && keys.encryption) keys = { ...keys, mac: readMacKey(element, keys.encryption) };
    else if (element.name === 'KeyPackage') yield check(++row, element, keys);
  }
}
