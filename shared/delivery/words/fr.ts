/** French. A no-break space stands before a colon, as French puts one. */
import type { Words } from './words.ts';

const fraudKey = 'Si vous n’êtes pas en train de vous connecter, appuyez sur 9.';
const fraudEntry = 'Si vous n’êtes pas en train de vous connecter, appuyez sur 9, puis sur la touche dièse.';
const repeatEntry = 'Pour réécouter ce message, patientez.';

export const fr: Words = {
  tag: 'fr',
  call: {
    putThrough: (extension) => `Merci de transférer cet appel au poste ${extension}.`,
    greeting: (organizationName) => `Bonjour. Ici ${organizationName}.`,
    signingIn: 'Quelqu’un se connecte avec votre nom et votre mot de passe.',
    proving: 'Ce téléphone est en cours d’ajout pour confirmer des connexions.',
    ask: {
      call: 'Appuyez sur la touche dièse pour confirmer.',
      'call-pin': 'Composez votre code PIN, puis appuyez sur la touche dièse.',
      'call-match': 'Composez les deux chiffres affichés à l’écran, puis appuyez sur la touche dièse.',
    },
    fraud: { call: fraudKey, 'call-pin': fraudEntry, 'call-match': fraudEntry },
    repeat: { call: 'Pour réécouter ce message, appuyez sur étoile.', 'call-pin': repeatEntry, 'call-match': repeatEntry },
    tryAgain: 'Veuillez réessayer.',
    approved: 'Merci. C’est confirmé. Au revoir.',
    denied: 'Cette connexion ne peut pas être confirmée. Au revoir.',
    locked: 'Trop de tentatives. Votre compte est bloqué pour le moment. Au revoir.',
    fraudReported: 'Merci. La connexion a été refusée et votre administrateur sera prévenu. Au revoir.',
    nothing: 'Rien n’a été confirmé. Au revoir.',
  },
  mail: {
    codes: {
      'sign-in': {
        subject: 'Votre code de connexion',
        occasion: 'Quelqu’un se connecte avec votre nom. Si c’est vous, saisissez ce code\u00a0:',
        otherwise: 'Si ce n’est pas vous, quelqu’un connaît peut-être votre mot de passe\u00a0: changez-le et prévenez votre administrateur.',
      },
      'set-up': {
        subject: 'Votre code pour confirmer vos connexions par e-mail',
        occasion: 'Cette adresse est en cours d’ajout pour confirmer les connexions avec votre nom. Pour continuer, saisissez ce code\u00a0:',
        otherwise: 'Si vous n’êtes pas à l’origine de cette demande, prévenez immédiatement votre administrateur.',
      },
      verify: {
        subject: 'Votre code pour vérifier cette adresse',
        occasion: 'Pour montrer que cette adresse est la vôtre, saisissez ce code\u00a0:',
        otherwise: 'Si vous n’êtes pas à l’origine de cette demande, vous pouvez ignorer ce message.',
      },
      'change-factors': {
        subject: 'Votre code pour modifier la confirmation de vos connexions',
        occasion: 'Quelqu’un veut modifier la façon dont les connexions avec votre nom sont confirmées. Si c’est vous, saisissez ce code\u00a0:',
        otherwise: 'Si ce n’est pas vous, prévenez immédiatement votre administrateur.',
      },
    },
    validFor: (minutes) => `Ce code est valable ${minutes} minutes et ne sert qu’une fois.`,
    keepIt: 'Ne le communiquez à personne, ni par téléphone ni autrement\u00a0: personne n’a de raison de vous le demander.',
    notices: {
      'wrong-answer': {
        subject: 'Une connexion n’a pas été confirmée',
        body: 'Quelqu’un qui connaît votre mot de passe a donné une mauvaise réponse lorsqu’une connexion avec votre nom devait être confirmée. Si ce n’était pas vous, changez votre mot de passe.',
      },
      'user-locked': {
        subject: 'Votre connexion est bloquée pour le moment',
        body: 'Il y a eu trop de tentatives de confirmer une connexion avec votre nom\u00a0; elle est donc bloquée pendant un certain temps. Si ce n’était pas vous, quelqu’un connaît votre mot de passe\u00a0: changez-le.',
      },
      'fraud-reported': {
        subject: 'Une connexion a été signalée comme frauduleuse',
        body: 'Une personne à qui l’on a demandé de confirmer une connexion avec votre nom a indiqué que ce n’était pas la sienne. Votre connexion reste bloquée jusqu’à ce que votre administrateur ait examiné la situation. Changez votre mot de passe.',
      },
      'factor-added': {
        subject: 'Un moyen de confirmer vos connexions a été ajouté',
        body: 'Un nouveau moyen de confirmer vos connexions a été mis en place. Si ce n’était pas vous, prévenez immédiatement votre administrateur.',
      },
      'factor-changed': {
        subject: 'Un moyen de confirmer vos connexions a été modifié',
        body: 'Un numéro, un code PIN ou la méthode par laquelle vous confirmez vos connexions a été modifié. Si ce n’était pas vous, prévenez immédiatement votre administrateur.',
      },
      'factor-removed': {
        subject: 'Un moyen de confirmer vos connexions a été supprimé',
        body: 'L’un des moyens par lesquels vous confirmez vos connexions a été supprimé. Si ce n’était pas vous, prévenez immédiatement votre administrateur.',
      },
      'factor-disabled': {
        subject: 'Un moyen de confirmer vos connexions a été désactivé',
        body: 'Il y a eu trop de mauvaises réponses avec l’un de vos moyens de confirmer vos connexions. Il doit être configuré à nouveau avant de pouvoir servir.',
      },
      'recovery-key-made': {
        subject: 'Une clé de secours a été créée',
        body: 'Une nouvelle clé de secours a été créée pour vos connexions\u00a0; l’ancienne ne vaut plus rien. Si ce n’était pas vous, prévenez immédiatement votre administrateur.',
      },
      'recovery-key-used': {
        subject: 'Votre clé de secours a été utilisée',
        body: 'Quelqu’un s’est connecté avec votre clé de secours, qui ne sert plus désormais, et doit mettre en place un autre moyen de confirmer les connexions. Si ce n’était pas vous, prévenez immédiatement votre administrateur.',
      },
      'app-unpaired': {
        subject: 'Une application ne confirme plus vos connexions',
        body: 'Le compte a été supprimé d’une application qui confirmait vos connexions\u00a0; cette application ne peut donc plus rien confirmer. Si ce n’était pas vous, prévenez immédiatement votre administrateur.',
      },
      'push-paused': {
        subject: 'Quelqu’un vous demande sans cesse de confirmer des connexions',
        body: 'Il y a eu plusieurs demandes de confirmation d’une connexion avec votre nom que vous n’avez pas approuvées\u00a0; votre application n’est donc plus sollicitée pendant une heure. Si elles ne venaient pas de vous, quelqu’un connaît votre mot de passe\u00a0: changez-le.',
      },
      'user-suspended': {
        subject: 'Votre connexion a été suspendue',
        body: 'Votre connexion a été suspendue. Personne ne peut se connecter avec votre nom tant que votre administrateur ne l’a pas rétablie.',
      },
      'suspended-by-self': {
        subject: 'Vous avez suspendu votre connexion',
        body: 'Sur la page de sécurité, il a été indiqué en votre nom que quelque chose ne venait pas de vous\u00a0; votre connexion est donc suspendue. Personne ne peut se connecter avec votre nom tant que votre administrateur, qui a été averti, ne l’a pas rétablie.',
      },
      'user-resumed': { subject: 'Votre connexion a été rétablie', body: 'Votre connexion n’est plus suspendue.' },
      'user-unlocked': { subject: 'Votre connexion a été débloquée', body: 'Un administrateur a débloqué votre connexion.' },
      'user-reset': {
        subject: 'Vous devez mettre en place à nouveau la confirmation de vos connexions',
        body: 'Un administrateur a supprimé tous les moyens par lesquels vous confirmiez vos connexions, parce qu’ils ont été perdus ou doivent être remplacés. Personne ne peut se connecter avec votre nom tant que vous n’en avez pas mis un nouveau en place avec l’invitation qui vous est envoyée. Si vous ne l’avez pas demandé, prévenez immédiatement votre administrateur et ne transmettez l’invitation à personne.',
      },
      'confirmation-disabled': {
        subject: 'Vos connexions ne sont plus confirmées',
        body: 'Un administrateur a supprimé tous les moyens par lesquels vous confirmiez vos connexions et a désactivé la confirmation\u00a0: votre mot de passe suffit désormais. Si vous ne l’avez pas demandé, prévenez immédiatement votre administrateur.',
      },
      'user-changed': { subject: 'Votre compte a été modifié', body: 'Un administrateur a modifié votre nom, votre adresse ou votre rôle.' },
      'phone-provisioned': {
        subject: 'Vous pouvez maintenant confirmer vos connexions par téléphone',
        body: 'La confirmation des connexions par téléphone a été commandée pour vous. Vous pouvez la configurer lors de votre prochaine connexion ou dans les paramètres de sécurité de votre portail. Il faudra être près du téléphone. Tenez ensuite vos numéros à jour, sinon vous risquez de perdre l’accès.',
      },
      'token-provisioned': {
        subject: 'Vous pouvez maintenant confirmer vos connexions avec un jeton de sécurité',
        body: 'La confirmation des connexions avec un jeton de sécurité a été commandée pour vous. Vous pouvez la configurer lors de votre prochaine connexion ou dans les paramètres de sécurité de votre portail. Ayez le jeton à portée de main : deux de ses codes vous seront demandés, l’un après l’autre.',
      },
    },
    administrators: {
      'user-locked': (user) => ({
        subject: 'Une connexion a été bloquée',
        body: `Après trop de tentatives erronées ou restées sans réponse, la connexion de ${user} est bloquée pendant un certain temps. D’autres ont pu être bloquées dans le même quart d’heure\u00a0: consultez la liste d’audit.`,
      }),
      'fraud-reported': (user) => ({
        subject: 'Une connexion a été signalée comme frauduleuse',
        body: `Une personne appelée pour confirmer une connexion de ${user} a indiqué que celle-ci n’était pas la sienne. L’auteur de la tentative connaît le mot de passe. La connexion reste bloquée jusqu’à ce que l’un d’entre vous ait examiné la situation et la débloque.`,
      }),
      'suspended-by-self': (user) => ({
        subject: 'Une personne a suspendu sa propre connexion',
        body: `Sur la page de sécurité, ${user} a indiqué que quelque chose ne venait pas de sa part, ou qu’un objet était perdu. Personne ne peut se connecter avec son nom tant que l’un d’entre vous n’a pas rétabli la connexion. Parlez-lui d’abord, par un moyen dont vous savez qu’il est le sien\u00a0: l’auteur de la tentative connaît peut-être le mot de passe.`,
      }),
      'enforcement-started': () => ({
        subject: 'Les connexions doivent désormais être confirmées',
        body: 'La politique de votre organisation exige désormais que les connexions soient confirmées. Les personnes qui n’ont pas encore mis en place de moyen de confirmation peuvent le faire à leur prochaine connexion, tant que le délai court\u00a0: prévenez-les, et consultez la politique pour en connaître la durée. Si aucun d’entre vous ne l’a voulu, consultez la liste d’audit pour savoir qui l’a modifiée.',
      }),
      'enrollment-expired': (user) => ({
        subject: 'Une invitation n’a pas été utilisée',
        body: `${user} n’a pas mis en place à temps la confirmation de ses connexions\u00a0; l’invitation est terminée et ce qui était réservé est de nouveau libre. D’autres ne l’ont peut-être pas fait non plus\u00a0: consultez la liste des utilisateurs. Vous pouvez les inviter à nouveau.`,
      }),
      'enrollment-canceled': (user) => ({
        subject: 'Une invitation a été retirée',
        body: `L’invitation de ${user} à mettre en place la confirmation de ses connexions a été retirée\u00a0: le lien ne fonctionne plus et ce qui était réservé est de nouveau libre. D’autres ont pu être retirées dans le même quart d’heure. La liste d’audit indique par qui.`,
      }),
      'enrollment-undeliverable': (user) => ({
        subject: 'Une invitation n’est pas arrivée',
        body: `L’invitation de ${user} à mettre en place la confirmation de ses connexions n’a pas pu être remise par courriel\u00a0; elle est terminée et ce qui était réservé est de nouveau libre. D’autres sont peut-être dans le même cas\u00a0: consultez la liste des utilisateurs. Indiquez une autre adresse et invitez à nouveau.`,
      }),
    },
    when: (time) => `Quand\u00a0: ${time}`,
    invitation: {
      subject: 'Mettez en place la confirmation de vos connexions',
      invited: (organizationName) => `${organizationName} vous demande de confirmer vos connexions par un second moyen, en plus de votre mot de passe.`,
      reminder: 'Rappel\u00a0: mettez en place la confirmation de vos connexions',
      reminded: (organizationName) => `${organizationName} vous a demandé de confirmer vos connexions par un second moyen, en plus de votre mot de passe. Vous ne l’avez pas encore mis en place, et il reste peu de temps.`,
      why: 'Un mot de passe peut être deviné ou volé. La personne qui aurait le vôtre ne pourrait pas se connecter avec votre nom si vos connexions sont aussi confirmées par votre téléphone ou par une application.',
      how: 'Cela ne prend que quelques minutes\u00a0: ouvrez cette page, saisissez une fois votre mot de passe et suivez les indications. Gardez votre téléphone à portée de main.',
      link: 'Mettre en place',
      validFor: (hours) => `Le lien fonctionne une seule fois, pendant ${hours} heures. Si vous en recevez un autre, seul le plus récent fonctionne.`,
      otherwise: 'Si vous n’attendiez pas ce message, demandez à votre support avant d’ouvrir la page.',
    },
  },
};
