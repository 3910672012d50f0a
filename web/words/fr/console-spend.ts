/** French: the console's section of spend. */
import type { SpendWords } from '../en/console-spend.ts';

export const words: SpendWords = {
  title: 'Dépenses du mois',
  titleOf: (month, organization) => `Dépenses de ${organization} en ${month}`,
  intro: 'Ce qu’appels, messages, courriels et notifications ont coûté, aux prix catalogue : opérateur, déroulement et notre part. Les licences n’y sont pas.',
  month: 'Mois',
  kind: 'Sorte',
  kinds: { call: 'Appels', text: 'Messages', mail: 'Courriels', push: 'Notifications à l’application' },
  count: 'Combien',
  cost: 'Coût',
  total: 'En tout',
  pricesAsOf: (day) => `Prix catalogue du ${day}. Les mois sont ceux d’UTC.`,
  limit: (most) => `Les règles permettent au plus ${most} appels et messages par jour.`,
  toPolicy: 'Le changer dans les règles',
};
