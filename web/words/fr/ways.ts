/** French: the ways to confirm, wherever they are named. */
import type { WaysWords } from '../en/ways.ts';
import { app } from './app.ts';

export const ways: WaysWords = {
  app,
  totp: 'Application d’authentification',
  totpWhat: 'Saisissez les six chiffres que l’application affiche maintenant.',
  token: (hint) => `Jeton matériel ${hint}`.trim(),
  tokenWhat: 'Saisissez le code que le jeton affiche maintenant.',
  tokenCode: 'Code du jeton',
  call: (hint) => `Appeler le ${hint}`.trim(),
  callWhat: 'Le téléphone sonne. Appuyez sur # pour confirmer.',
  callPinWhat: 'Le téléphone sonne. Composez votre code PIN, puis #.',
  callMatchWhat: 'Le téléphone sonne. Composez le nombre affiché sur cette page, puis #.',
  recoveryKey: 'Clé de secours',
  recoveryKeyWhat: 'Saisissez la clé que vous avez conservée. Elle sert une fois ; ensuite vous configurez autre chose.',
  other: 'Autre moyen',
  passkey: 'Clé d’accès',
  passkeyWhat: 'Votre ordinateur, votre téléphone ou une clé de sécurité confirme que c’est vous.',
};
