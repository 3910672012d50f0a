/** French: the ways to confirm, wherever they are named. */
import type { WaysWords } from '../en/ways.ts';

export const ways: WaysWords = {
  totp: 'Application d’authentification',
  totpWhat: 'Saisissez les six chiffres que l’application affiche maintenant.',
  call: (hint) => `Appeler le ${hint}`.trim(),
  callWhat: 'Le téléphone sonne. Appuyez sur # pour confirmer.',
  callPinWhat: 'Le téléphone sonne. Composez votre code PIN, puis #.',
  callMatchWhat: 'Le téléphone sonne. Composez le nombre affiché sur cette page, puis #.',
  other: 'Autre moyen',
  passkey: 'Clé d’accès',
  passkeyWhat: 'Votre ordinateur, votre téléphone ou une clé de sécurité confirme que c’est vous.',
};
