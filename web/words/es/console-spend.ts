/** Spanish: the console's section of spend. */
import type { SpendWords } from '../en/console-spend.ts';

export const words: SpendWords = {
  title: 'Gasto de este mes',
  titleOf: (month, organization) => `Gasto de ${organization} en ${month}`,
  intro: 'Lo que han costado llamadas, mensajes, correos y avisos, según precios de lista: operador, flujo de trabajo y nuestra parte. Las licencias no están incluidas.',
  month: 'Mes',
  kind: 'Clase',
  kinds: { call: 'Llamadas', text: 'Mensajes', mail: 'Correos', push: 'Avisos a la aplicación' },
  count: 'Cuántos',
  cost: 'Costo',
  total: 'En total',
  pricesAsOf: (day) => `Precios de lista del ${day}. Los meses son los de UTC.`,
  limit: (most) => `La directiva permite como mucho ${most} llamadas y mensajes al día.`,
  toPolicy: 'Cambiarlo en la directiva',
};
