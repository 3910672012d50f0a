/** French: the sign-in prompt. */
import type { SignInWords } from '../en/sign-in.ts';
import { frame } from './frame.ts';
import { ways } from './ways.ts';

export const words: SignInWords = {
  ...frame,
  ways,
  title: 'Confirmez que c’est bien vous',
  chooseWay: 'Choisissez un moyen de confirmer.',
  otherWays: 'Confirmer par un autre moyen',
  code: 'Code à six chiffres',
  codeHint: 'Un nouveau code apparaît toutes les 30 secondes.',
  recoveryKeyHint: '27 caractères, avec ou sans tirets.',
  confirm: 'Confirmer',
  usePasskey: 'Utiliser la clé d’accès',
  callMe: 'M’appeler',
  callAgain: 'M’appeler à nouveau',
  codeMissing: 'Saisissez d’abord le code.',
  notAccepted: 'Cela n’a pas été accepté. Attendez un nouveau code et saisissez-le, ou confirmez par un autre moyen.',
  attempted: (attempt, of) => `L’authentification est en cours, tentative ${String(attempt)} sur ${String(of)}.`,
  attemptedOnce: 'L’authentification est en cours.',
  showOnPhone: 'Composez ce nombre sur le téléphone, puis # :',
  notYou: 'Si l’on vous appelle sans que vous l’ayez demandé, appuyez sur 9 : personne n’est alors connecté.',
  states: {
    queued: 'Votre téléphone va sonner.',
    ringing: 'Le téléphone sonne.',
    answered: 'L’appel a été pris : suivez la voix.',
    'no-answer': 'Personne n’a répondu.',
    busy: 'La ligne était occupée.',
    failed: 'L’envoi n’a pas abouti.',
    sent: 'Le message est en route.',
    undeliverable: 'Le message n’a pas pu être remis.',
  },
  approvedTitle: 'Confirmé',
  refusedTitle: 'Vous n’avez pas pu être connecté',
  refusedText: 'Cela a peut-être duré trop longtemps, ou il y a eu trop de réponses fausses : la connexion est alors fermée pendant une heure environ.',
  refusedNext: 'Retournez en arrière et recommencez, plus tard s’il le faut. Si ce n’était pas vous, prévenez votre assistance.',
};
