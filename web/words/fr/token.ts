/** French: setting up a hardware token. */
import type { TokenWords } from '../en/token.ts';

export const token: TokenWords = {
  name: 'Jeton matériel',
  what: 'Un petit appareil remis par votre organisation affiche un code.',
  title: 'Configurez votre jeton matériel',
  number: 'Identifiant du jeton',
  numberHint: 'Il est imprimé sur le jeton. Les espaces et les minuscules n’ont pas d’importance.',
  numberMissing: 'Saisissez d’abord ce qui est imprimé sur le jeton.',
  two: (hint) => `Jeton ${hint} : saisissez le code affiché. Appuyez ensuite à nouveau sur son bouton, ou attendez que le code change, et saisissez le suivant.`,
  first: 'Code affiché maintenant',
  next: 'Le code suivant',
  confirm: 'Confirmer',
  missing: 'Saisissez les deux codes.',
  notAccepted: 'Cela n’a pas été accepté. Saisissez deux nouveaux codes, l’un juste après l’autre. Si cela se reproduit, vérifiez l’identifiant ou demandez de l’aide.',
};
