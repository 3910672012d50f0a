/** French: what every page may say. */
import type { FrameWords } from '../en/frame.ts';

export const frame: FrameWords = {
  loading: 'Un instant…',
  language: 'Langue',
  logo: (name) => `Logo de ${name}`,
  help: (name) => `Aide : ${name}`,
  backTo: (name) => `Retour à ${name}`,
  again: 'Réessayer',
  back: 'Retour',
  cancel: 'Annuler',
  goOn: 'Continuer',
  openedNewTab: '(s’ouvre dans un nouvel onglet)',

  overTitle: 'Cette page n’est plus valable',
  overText: 'Elle ne sert qu’une fois, pendant quelques minutes. Retournez là où vous vous connectiez et recommencez.',
  offlineTitle: 'La page n’a pas pu être chargée',
  offlineText: 'Vérifiez votre connexion à Internet, puis réessayez.',

  leavingTitle: 'C’est fait',
  leavingText: (name) => `Vous retournez à ${name}.`,
  doneHere: 'Vous pouvez fermer cette page et continuer là d’où vous venez.',

  problems: {
    offline: 'Il n’y a pas eu de réponse. Vérifiez votre connexion à Internet, puis réessayez.',
    waitSeconds: (seconds) => `C’était trop souvent en peu de temps. Attendez ${String(seconds)} secondes, puis réessayez.`,
    waitMinutes: (minutes) => `C’était trop souvent en peu de temps. Attendez ${String(minutes)} minutes, puis réessayez.`,
    spendLimit: 'Plus aucun appel ni message ne peut être envoyé aujourd’hui. Choisissez un autre moyen ou demandez de l’aide.',
    numberRefused: 'Ce numéro ne peut pas être utilisé. Vérifiez-le ou saisissez-en un autre.',
    pinRefused: 'Ce code PIN ne peut pas être utilisé. Choisissez des chiffres que personne ne devinerait : pas de suite comme 1234, pas de date, pas de partie de votre numéro.',
    policyForbids: 'Votre organisation ne le permet pas. Choisissez un autre moyen.',
    invitationNeeded: 'Cela ne peut plus être configuré ici. Demandez une invitation à votre assistance.',
    tokenUnknown: 'Il n’y a pas de jeton de cet identifiant que vous pourriez configurer. Vérifiez ce qui est imprimé dessus, ou demandez de l’aide.',
    unknown: 'Cela n’a pas fonctionné. Réessayez dans un instant. Si cela se reproduit, demandez de l’aide.',
  },
};
