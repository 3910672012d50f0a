/**
 * Tokens belong to nobody or to one factor of one user in the whole installation. The token's own item says to whom,
 * and is changed in the transaction that changes the user: whatever takes such a factor away gives the token back.
 */
import type { ItemKey } from '../platform/dynamo/table.ts';

export const credentialItemKey = (credential: Uint8Array): ItemKey => ({ pk: `TOKEN#${Buffer.from(credential).toString('base64url')}`, sk: 'TOKEN' });
