/** For `npm run replay`: a user beside the demo, who was just invited to set up a first factor. */
import type { LocalStack } from './start-local.ts';

export async function inviteSomebody({ running }: LocalStack): Promise<{ enrollmentId: string }> {
  const { apiUrl, clientKey, organizationId } = running;
  const user = `/v1/organizations/${organizationId}/users/invited`;
  const call = async (method: string, path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
    const headers = { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json' };
    const response = await fetch(apiUrl + path, { method, headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`The event needs an invitation, but ${path} answers ${String(response.status)} ${text}`);
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  };
  await call('PUT', user, { displayName: 'Ida Invited', email: 'invited@acme.example', emailVerified: true, identity: 'local' });
  const { enrollmentId } = await call('POST', `${user}/enrollments`, { kind: 'any' });
  return { enrollmentId: String(enrollmentId) };
}
