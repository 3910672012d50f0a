/** Spanish: our own app, where it is asked and where it is set up. */
import type { AppWords } from '../en/app.ts';

export const app: AppWords = {
  name: 'Aplicación Countersign',
  what: 'Se le pregunta en la aplicación y la aprueba allí.',
  pinWhat: 'Se le pregunta en la aplicación y la aprueba allí con su PIN.',
  matchWhat: 'Se le pregunta en la aplicación y elige el número que muestra esta página.',
  ask: 'Preguntar en la aplicación',
  askAgain: 'Preguntar otra vez',
  note: 'Abra la aplicación si no se abre sola. Se pregunta durante un minuto. Si se le pregunta sin haber iniciado sesión, diga allí que no ha sido usted.',
  showing: 'Elija este número en la aplicación:',
  setUpWhat: 'Se le pregunta en una aplicación de su teléfono u ordenador y aprueba allí. Viene de esta dirección; no hay que comprar nada.',
  title: 'Configurar la aplicación Countersign',
  how: '¿Cómo quiere aprobar?',
  methods: { approve: 'Con una pulsación', 'approve-pin': 'Con un PIN', match: 'Con el número que muestra la página' },
  pin: 'PIN',
  pinHint: (least) => `De ${String(least)} a 8 dígitos. Ninguna serie como 1234, ninguna fecha.`,
  pinMissing: (least) => `Elija un PIN de ${String(least)} a 8 dígitos.`,
  goOn: 'Continuar',
  open: 'En el dispositivo que le preguntará, escanee esta imagen con su cámara o abra el enlace de abajo.',
  picture: 'Código QR que empareja un dispositivo. El mismo como enlace está debajo.',
  link: 'Abrir el enlace en este dispositivo',
  thenAdd: 'Acepte allí añadir la cuenta. Esta página continúa sola.',
  waiting: 'Esperando al dispositivo. La imagen sirve durante diez minutos, una vez.',
};
