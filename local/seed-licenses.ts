/** What licenses cost on one machine, and those that the demo organization has ordered. */
import { fileURLToPath } from 'node:url';
import { readJson } from './json-file.ts';

const file = fileURLToPath(new URL('prices.json', import.meta.url));
const orders = [{ item: 'phone', quantity: 50 }, { item: 'token', quantity: 10 }] as const;

type Api = (method: string, path: string, body?: unknown) => Promise<Readonly<Record<string, unknown>>>;
type Operate = (command: { command: string; prices?: unknown }) => Promise<unknown>;

/** Makes what is not there yet: prices that were changed since stay as they are. */
export async function seedLicenses(operate: Operate, api: Api, organization: string): Promise<void> {
  const { version } = (await operate({ command: 'show-prices' })) as { version: number };
  if (version === 0) await operate({ command: 'set-prices', prices: readJson(file) });
  const counts = (await api('GET', `${organization}/licenses`)) as Readonly<Record<string, { readonly metered: boolean }>>;
  const { agreement } = (await api('GET', `${organization}/order-options`)) as { agreement: { version: string } };
  for (const order of orders) {
    if (counts[order.item]?.metered) continue;
    await api('POST', `${organization}/orders`, { ...order, promoCode: 'WELCOME25', agreementVersion: agreement.version, agreementAccepted: true });
  }
}
