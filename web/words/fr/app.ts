/** French: our own app, where it is asked and where it is set up. */
import type { AppWords } from '../en/app.ts';

export const app: AppWords = {
  name: 'Application Countersign',
  what: 'La demande arrive dans l’application, et vous approuvez là.',
  pinWhat: 'La demande arrive dans l’application, et vous approuvez là avec votre code PIN.',
  matchWhat: 'La demande arrive dans l’application, et vous choisissez le nombre affiché par cette page.',
  ask: 'Demander dans l’application',
  askAgain: 'Redemander',
  note: 'Ouvrez l’application si elle ne s’ouvre pas d’elle-même. La demande dure une minute. Si elle arrive sans que vous vous connectiez, dites-y que ce n’était pas vous.',
  showing: 'Choisissez ce nombre dans l’application :',
  setUpWhat: 'La demande arrive dans une application de votre téléphone ou ordinateur, et vous approuvez là. Elle vient de cette adresse ; il n’y a rien à acheter.',
  title: 'Configurer l’application Countersign',
  how: 'Comment voulez-vous approuver ?',
  methods: { approve: 'D’une pression', 'approve-pin': 'Avec un code PIN', match: 'Avec le nombre affiché par la page' },
  pin: 'Code PIN',
  pinHint: (least) => `${String(least)} à 8 chiffres. Pas de suite comme 1234, pas de date.`,
  pinMissing: (least) => `Choisissez un code PIN de ${String(least)} à 8 chiffres.`,
  goOn: 'Continuer',
  open: 'Sur l’appareil qui recevra les demandes, scannez cette image avec son appareil photo, ou ouvrez le lien ci-dessous.',
  picture: 'Code QR qui associe un appareil. Le même sous forme de lien est ci-dessous.',
  link: 'Ouvrir le lien sur cet appareil',
  thenAdd: 'Acceptez-y d’ajouter le compte. Cette page continue d’elle-même.',
  waiting: 'En attente de l’appareil. L’image est valable dix minutes, une seule fois.',
};
