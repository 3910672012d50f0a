/** Spanish: the sign-in prompt. */
import type { SignInWords } from '../en/sign-in.ts';
import { frame } from './frame.ts';
import { ways } from './ways.ts';

export const words: SignInWords = {
  ...frame,
  ways,
  title: 'Confirme que es usted',
  chooseWay: 'Elija una forma de confirmar.',
  otherWays: 'Confirmar de otra forma',
  code: 'Código de seis cifras',
  codeHint: 'Cada 30 segundos aparece uno nuevo.',
  recoveryKeyHint: '27 caracteres, con o sin guiones.',
  confirm: 'Confirmar',
  usePasskey: 'Usar la llave de acceso',
  callMe: 'Llamarme',
  callAgain: 'Llamarme otra vez',
  codeMissing: 'Escriba primero el código.',
  notAccepted: 'No se ha aceptado. Espere un código nuevo y escriba ese, o confirme de otra forma.',
  attempted: (attempt, of) => `Se está intentando la autenticación, intento ${String(attempt)} de ${String(of)}.`,
  attemptedOnce: 'Se está intentando la autenticación.',
  showOnPhone: 'Marque este número en el teléfono y después #:',
  notYou: 'Si recibe una llamada que no ha pedido, pulse 9: así nadie inicia sesión.',
  states: {
    queued: 'Su teléfono está a punto de sonar.',
    ringing: 'El teléfono está sonando.',
    answered: 'La llamada se ha contestado: siga la voz.',
    'no-answer': 'Nadie ha contestado.',
    busy: 'La línea estaba ocupada.',
    failed: 'No se ha podido conectar.',
    sent: 'El mensaje está en camino.',
    undeliverable: 'El mensaje no se pudo entregar.',
  },
  approvedTitle: 'Confirmado',
  refusedTitle: 'No se pudo iniciar sesión',
  refusedText: 'Puede que haya pasado demasiado tiempo o que haya habido demasiadas respuestas erróneas: entonces el acceso se cierra durante una hora aproximadamente.',
  refusedNext: 'Vuelva atrás y empiece de nuevo, si hace falta más tarde. Si no era usted quien iniciaba sesión, avise al servicio de ayuda.',
};
